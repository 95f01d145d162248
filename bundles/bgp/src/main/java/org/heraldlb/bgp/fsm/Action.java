package org.heraldlb.bgp.fsm;

/**
 * An effect and the connection it is meant for.
 *
 * @param link {@link PeerMachine#DIALLED}, or a number that {@link PeerMachine#accept} gave
 */
public record Action(int link, Effect effect) {}
