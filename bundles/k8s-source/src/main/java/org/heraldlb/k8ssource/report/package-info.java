/** What is written beside the status of services: counters of pools, statuses of announcements and configuration, events. */
package org.heraldlb.k8ssource.report;
