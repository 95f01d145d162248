package org.heraldlb.bgp.internal;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.heraldlb.api.Registration;
import org.heraldlb.api.bfd.BfdAuthentication;
import org.heraldlb.api.bfd.BfdSessionKey;
import org.heraldlb.api.bfd.BfdSessionRequest;
import org.heraldlb.api.bfd.BfdSessionState;
import org.heraldlb.api.bfd.BfdSessionTiming;
import org.heraldlb.bgp.speaker.BfdPort;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** Asks for BFD sessions by registering requests as services. */
final class BfdWhiteboard implements BfdPort {

    private final BundleContext bundle;

    BfdWhiteboard(BundleContext bundle) {
        this.bundle = bundle;
    }

    private record Request(
            BfdSessionKey key,
            BfdSessionTiming timing,
            Optional<BfdAuthentication> authentication,
            String client,
            Consumer<BfdSessionState> observer)
            implements BfdSessionRequest {
        @Override
        public void stateChanged(BfdSessionState state) {
            observer.accept(state);
        }
    }

    @Override
    public Registration watch(
            BfdSessionKey key,
            BfdSessionTiming timing,
            Optional<BfdAuthentication> authentication,
            String client,
            Consumer<BfdSessionState> observer) {
        Request request = new Request(key, timing, authentication, client, observer);
        ServiceRegistration<BfdSessionRequest> registration =
                bundle.registerService(BfdSessionRequest.class, request, null);
        AtomicBoolean open = new AtomicBoolean(true);
        return () -> {
            if (open.getAndSet(false)) {
                registration.unregister();
            }
        };
    }
}
