package org.heraldlb.l2.internal;

import org.heraldlb.l2.speaker.L2Settings;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of the PID {@code org.heraldlb.l2}. */
@ObjectClassDefinition(name = "Herald layer 2", description = "Answers ARP and NDP for service addresses")
@interface L2Config {

    @AttributeDefinition(
            name = "interfaces.exclude",
            description = "Regular expressions, separated by blanks: interfaces that never announce")
    String interfaces_exclude() default L2Settings.DEFAULT_EXCLUDED;

    @AttributeDefinition(
            name = "gratuitous.schedule",
            description = "Milliseconds after gaining an address, separated by blanks: when the link is told")
    String gratuitous_schedule() default L2Settings.DEFAULT_SCHEDULE;

    @AttributeDefinition(
            name = "ping.answer",
            description = "Answer pings of announced addresses that no interface of this host has")
    boolean ping_answer() default false;

    @AttributeDefinition(
            name = "ping.rate",
            description = "Pings answered in a second on one interface at most (1 to 100000)")
    int ping_rate() default L2Settings.DEFAULT_PINGS;
}
