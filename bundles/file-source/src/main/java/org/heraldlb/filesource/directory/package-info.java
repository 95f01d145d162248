/**
 * What a directory of documents means, without touching one: which names count, when a file has settled, which objects
 * it stands for. Pure: listings and readings come in as values, what to read comes out.
 */
package org.heraldlb.filesource.directory;
