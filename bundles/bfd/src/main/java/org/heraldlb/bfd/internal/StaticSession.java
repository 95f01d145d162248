package org.heraldlb.bfd.internal;

import java.util.Optional;
import org.heraldlb.api.bfd.BfdAuthentication;
import org.heraldlb.api.bfd.BfdSessionKey;
import org.heraldlb.api.bfd.BfdSessionRequest;
import org.heraldlb.api.bfd.BfdSessionState;
import org.heraldlb.api.bfd.BfdSessionTiming;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * A session that the operator asks for, without BGP: {@code etc/org.heraldlb.bfd.session-NAME.cfg}. New timing is told to
 * the peer in place; a configuration that is refused leaves the one before in force.
 */
@Component(
        service = BfdSessionRequest.class,
        configurationPid = "org.heraldlb.bfd.session",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = StaticSession.Config.class, factory = true)
public final class StaticSession implements BfdSessionRequest {

    /** PID {@code org.heraldlb.bfd.session-NAME}. */
    @ObjectClassDefinition(name = "Herald BFD session", description = "A BFD session of the operator's own")
    @interface Config {
        @AttributeDefinition(description = "address of the other end")
        String peer() default "";

        @AttributeDefinition(description = "our address; empty: any")
        String local() default "";

        @AttributeDefinition(description = "interface towards a link-local peer; empty: any")
        String interface$() default "";

        @AttributeDefinition(description = "RFC 5883 (true) or RFC 5881 (false)")
        boolean multihop() default false;

        @AttributeDefinition(description = "VRF device that the peer is reached in; empty: none")
        String vrf() default "";

        @AttributeDefinition(
                description = "RFC 9747: the peer only forwards our own packets; needs local and interface")
        boolean unaffiliated() default false;

        @AttributeDefinition(description = "Desired Min TX Interval, milliseconds, 10 to 60000")
        int transmitInterval() default 300;

        @AttributeDefinition(description = "Required Min RX Interval, milliseconds, 10 to 60000")
        int receiveInterval() default 300;

        @AttributeDefinition(description = "Detect Mult, 1 to 255")
        int detectMultiplier() default 3;

        @AttributeDefinition(description = "send echoes to the peer, and let it send its own (RFC 5880 section 6.4)")
        boolean echoMode() default false;

        @AttributeDefinition(description = "between echoes, milliseconds, 10 to 60000")
        int echoInterval() default 50;

        @AttributeDefinition(description = "wait for the other end to start")
        boolean passive() default false;

        @AttributeDefinition(description = "lowest TTL of received multihop packets, 1 to 255")
        int minimumTtl() default 254;

        @AttributeDefinition(
                description =
                        "simple-password, keyed-md5, meticulous-keyed-md5, keyed-sha1, meticulous-keyed-sha1 or none")
        String authentication() default "none";

        @AttributeDefinition(description = "key id, 0 to 255")
        int keyId() default 1;

        /** A name with a dot in front is no service property, so that nobody else sees the key. */
        @AttributeDefinition(type = AttributeType.PASSWORD, description = "1 to 16 octets, 20 with SHA1")
        String _key() default "";
    }

    private volatile Parsed parsed;

    private record Parsed(BfdSessionKey key, BfdSessionTiming timing, Optional<BfdAuthentication> authentication) {}

    /** Refuses what is no address or out of range, which DS reports with this component's name. */
    @Activate
    public StaticSession(Config config) {
        parsed = parse(config);
    }

    /** DS then changes the service's properties, at which BFD reads everything anew. */
    @Modified
    void change(Config config) {
        parsed = parse(config);
    }

    private static Parsed parse(Config config) {
        return new Parsed(
                StaticSessionSettings.key(config),
                StaticSessionSettings.timing(config),
                StaticSessionSettings.authentication(config));
    }

    @Override
    public BfdSessionKey key() {
        return parsed.key();
    }

    @Override
    public BfdSessionTiming timing() {
        return parsed.timing();
    }

    @Override
    public Optional<BfdAuthentication> authentication() {
        return parsed.authentication();
    }

    @Override
    public String client() {
        return "static:" + parsed.key().peer();
    }

    @Override
    public void stateChanged(BfdSessionState state) {
        // Whoever asked reads it in bfd:list; there is nobody else to tell.
    }
}
