package org.heraldlb.api;

/**
 * The promise of a list of immutable elements that it never changes, made by its class. A record takes such a list as it is where
 * it copies any other: a status of a million announcements may be a view of the plan's own routes.
 */
public interface Unchanging {}
