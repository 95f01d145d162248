/**
 * The memory of sources that have no status of their own: which service had which address. One record to a line, each
 * with its checksum, so that damage anywhere leaves every other line readable, by machines and by people. Pure: bytes in,
 * values out; {@code core} keeps the file.
 */
package org.heraldlb.core.ledger;
