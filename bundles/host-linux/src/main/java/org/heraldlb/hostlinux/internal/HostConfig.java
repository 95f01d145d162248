package org.heraldlb.hostlinux.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Settings of the PID {@value #PID}. */
@ObjectClassDefinition(name = "Herald Linux host", description = "How Herald uses the operating system")
@interface HostConfig {

    String PID = "org.heraldlb.hostlinux";

    @AttributeDefinition(
            name = "packet.io",
            description = "How ARP and NDP frames get in and out",
            options = {
                @Option(label = "packet socket of the kernel", value = "socket"),
                @Option(label = "libpcap", value = "pcap")
            })
    String packet_io() default "socket";

    @AttributeDefinition(name = "links.poll", description = "Seconds between looks at the links without a notification")
    int links_poll() default 10;

    @AttributeDefinition(
            name = "address.lifetime",
            description = "Seconds that an address outlives a crash; it is renewed three times within them (3 or more)")
    int address_lifetime() default 60;
}
