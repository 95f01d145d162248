package org.heraldlb.manifest.print;

import org.heraldlb.api.intent.BfdProfile;
import org.heraldlb.api.intent.Peer;
import org.heraldlb.api.intent.Peer.Endpoint;
import org.heraldlb.api.intent.Peer.Extensions;
import org.heraldlb.api.intent.Peer.Options;
import org.heraldlb.api.intent.SecretValue;
import org.heraldlb.api.net.IpAddress;

/** {@code spec} of peers and BFD profiles. */
final class PeerPrinter {

    private static final int BGP_PORT = 179;
    private static final int HIGHEST_METALLB_PORT = 16384;

    private PeerPrinter() {}

    /** True when MetalLB's own kind can say it. */
    static boolean isPlain(Peer peer) {
        return peer.options().extensions().equals(Extensions.NONE)
                && peer.endpoint().port() <= HIGHEST_METALLB_PORT;
    }

    static Out peer(Peer peer) {
        Endpoint endpoint = peer.endpoint();
        Out spec = new Out()
                .put("myASN", peer.as().myAsn())
                .put("peerASN", peer.as().peerAsn())
                .put("dynamicASN", peer.as().dynamic().map(PolicyPrinter::spelling))
                .put("localASN", peer.as().localAsn())
                .put("peerAddress", endpoint.address().map(IpAddress::toString))
                .put("interface", endpoint.linkInterface())
                .put("sourceAddress", endpoint.source().map(IpAddress::toString))
                .putUnless(endpoint.port() == BGP_PORT, "peerPort", endpoint.port())
                .put("vrf", endpoint.vrf())
                .flag("ebgpMultiHop", endpoint.multihop())
                .time("holdTime", peer.timers().hold())
                .time("keepaliveTime", peer.timers().keepalive())
                .time("connectTime", peer.timers().connect())
                .list("nodeSelectors", peer.nodeSelectors(), PolicyPrinter::selector)
                .put("password", peer.authentication().password().map(SecretValue::reveal));
        peer.authentication()
                .secret()
                .ifPresent(secret -> spec.object("passwordSecret", new Out().put("name", secret.name())));
        return options(spec, peer.options());
    }

    private static Out options(Out spec, Options options) {
        Extensions extensions = options.extensions();
        return spec.put("routerID", options.routerId().map(IpAddress::toString))
                .put("bfdProfile", options.bfdProfile())
                .flag("enableGracefulRestart", options.gracefulRestart())
                .flag("disableMP", options.disableMp())
                .flag("dualStackAddressFamily", options.dualStackAddressFamily())
                .flag("passive", extensions.passive())
                .put("ttlSecurityHops", extensions.ttlSecurityHops())
                .put("role", extensions.role().map(PolicyPrinter::spelling))
                .put("maxPrefixes", extensions.maxPrefixes())
                .put("bfdMultihop", extensions.bfdMultihop())
                .flag("bfdStrict", extensions.bfdStrict());
    }

    static Out bfd(BfdProfile profile) {
        Out spec = new Out()
                .put("receiveInterval", profile.timing().receiveInterval())
                .put("transmitInterval", profile.timing().transmitInterval())
                .put("echoInterval", profile.timing().echoInterval())
                .put("detectMultiplier", profile.timing().detectMultiplier())
                .flag("echoMode", profile.echoMode())
                .flag("passiveMode", profile.passiveMode())
                .put("minimumTtl", profile.minimumTtl());
        profile.authentication().ifPresent(each -> spec.object("authentication", authentication(each)));
        return spec;
    }

    private static Out authentication(BfdProfile.Authentication authentication) {
        Out fields = new Out()
                .put("type", PolicyPrinter.spelling(authentication.type()))
                .put("keyId", authentication.keyId())
                .put("key", authentication.key().map(SecretValue::reveal));
        authentication.secret().ifPresent(secret -> fields.object("keySecret", new Out().put("name", secret.name())));
        return fields;
    }
}
