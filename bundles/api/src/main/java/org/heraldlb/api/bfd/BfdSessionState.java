package org.heraldlb.api.bfd;

/**
 * Where a session stands.
 *
 * @param state our state
 * @param diagnostic RFC 5880 section 4.1 code of the last change, 0 for none
 * @param remoteAdminDown true: the peer took it down on purpose, which is no failure (RFC 5882 section 3.2)
 */
public record BfdSessionState(BfdState state, int diagnostic, boolean remoteAdminDown) {}
