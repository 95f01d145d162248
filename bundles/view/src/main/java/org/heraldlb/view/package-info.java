/**
 * What people and programs see of a {@link org.heraldlb.api.system.SystemSnapshot}: rows, tables, JSON and the answer to
 * "is it ready". A plain library that the shell and the HTTP door each carry inside, so that both show the same thing
 * without one importing the other. Pure: no services, threads, clocks or I/O.
 */
package org.heraldlb.view;
