package org.heraldlb.bfd.internal;

import java.util.Optional;
import org.heraldlb.api.bfd.BfdSessionKey;
import org.heraldlb.api.bfd.BfdSessionRequest;
import org.heraldlb.api.bfd.BfdSessionState;
import org.heraldlb.api.bfd.BfdSessionTiming;
import org.heraldlb.api.net.IpAddress;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** A session that the operator asks for, without BGP: {@code etc/org.heraldlb.bfd.session-NAME.cfg}. */
@Component(
        service = BfdSessionRequest.class,
        configurationPid = "org.heraldlb.bfd.session",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = StaticSession.Config.class, factory = true)
public final class StaticSession implements BfdSessionRequest {

    @ObjectClassDefinition(name = "Herald BFD session", description = "A BFD session of the operator's own")
    @interface Config {
        @AttributeDefinition(description = "address of the other end")
        String peer();

        @AttributeDefinition(description = "our address; empty: any")
        String local() default "";

        @AttributeDefinition(name = "interface", description = "interface towards a link-local peer; empty: any")
        String interface_() default "";

        @AttributeDefinition(description = "RFC 5883 (true) or RFC 5881 (false)")
        boolean multihop() default false;

        @AttributeDefinition(description = "Desired Min TX Interval, milliseconds, 10 to 60000")
        int transmitInterval() default 300;

        @AttributeDefinition(description = "Required Min RX Interval, milliseconds, 10 to 60000")
        int receiveInterval() default 300;

        @AttributeDefinition(description = "Detect Mult, 1 to 255")
        int detectMultiplier() default 3;

        @AttributeDefinition(description = "wait for the other end to start")
        boolean passive() default false;

        @AttributeDefinition(description = "lowest TTL of received multihop packets, 1 to 255")
        int minimumTtl() default 254;
    }

    private final BfdSessionKey key;
    private final BfdSessionTiming timing;

    /** Refuses what is no address or out of range, which DS reports with this component's name. */
    @Activate
    public StaticSession(Config config) {
        key = new BfdSessionKey(
                IpAddress.parse(config.peer()),
                given(config.local()).map(IpAddress::parse),
                given(config.interface_()),
                config.multihop());
        timing = new BfdSessionTiming(
                micros("transmitInterval", config.transmitInterval()),
                micros("receiveInterval", config.receiveInterval()),
                inRange("detectMultiplier", config.detectMultiplier(), 1, 255),
                0,
                config.passive(),
                inRange("minimumTtl", config.minimumTtl(), 1, 255));
    }

    private static Optional<String> given(String text) {
        return text.isBlank() ? Optional.empty() : Optional.of(text.strip());
    }

    private static int micros(String name, int millis) {
        return inRange(name, millis, 10, 60_000) * 1000;
    }

    private static int inRange(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " is " + least + " to " + most + ", not " + value);
        }
        return value;
    }

    @Override
    public BfdSessionKey key() {
        return key;
    }

    @Override
    public BfdSessionTiming timing() {
        return timing;
    }

    @Override
    public String client() {
        return "static:" + key.peer();
    }

    @Override
    public void stateChanged(BfdSessionState state) {
        // Whoever asked reads it in bfd:list; there is nobody else to tell.
    }
}
