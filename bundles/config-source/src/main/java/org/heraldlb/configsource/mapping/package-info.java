/** From the flat dictionaries of Config Admin to documents and the objects they stand for. Pure. */
package org.heraldlb.configsource.mapping;
