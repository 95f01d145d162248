package org.heraldlb.manifest.read;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.intent.Peer;
import org.heraldlb.api.intent.Peer.As;
import org.heraldlb.api.intent.Peer.Authentication;
import org.heraldlb.api.intent.Peer.DynamicAs;
import org.heraldlb.api.intent.Peer.Endpoint;
import org.heraldlb.api.intent.Peer.Extensions;
import org.heraldlb.api.intent.Peer.Options;
import org.heraldlb.api.intent.Peer.Role;
import org.heraldlb.api.intent.SecretValue;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.manifest.Code;

/** {@code BGPPeer}: v1beta2, v1beta1 converted to it, and {@code heraldlb.org/v1}. */
final class PeerReader {

    private static final long UINT32 = 0xffff_ffffL;
    private static final int BGP_PORT = 179;
    private static final int HIGHEST_PORT = 16384;
    private static final String OLD_VERSION = "v1beta1";

    private PeerReader() {}

    static ConfigObject read(Source source) {
        try (Fields spec = source.spec()) {
            boolean old = source.plain() && source.version().equals(OLD_VERSION);
            As as = as(spec, old);
            Endpoint endpoint = endpoint(spec, source, old);
            if (endpoint.multihop() && as.peerAsn().isPresent() && as.peerAsn().getAsLong() == as.myAsn()) {
                spec.findings()
                        .error(
                                Code.MULTIHOP_IBGP,
                                spec.path("ebgpMultiHop"),
                                true,
                                "invalid EBGP-multiHop: it can only be set for an eBGP peer, and peerASN equals myASN");
            }
            return new Peer(
                    source.ref(),
                    source.origin(),
                    Selectors.list(spec, "nodeSelectors"),
                    as,
                    endpoint,
                    PeerTimers.read(spec, old),
                    authentication(spec, source, old),
                    options(spec, source, old));
        }
    }

    private static As as(Fields spec, boolean old) {
        OptionalLong my = spec.integer("myASN", 0, UINT32);
        if (my.orElse(0) == 0) {
            spec.findings()
                    .error(Code.INVALID_ASN, spec.path("myASN"), "", "missing local ASN: myASN is 1 to 4294967295");
        }
        OptionalLong given = spec.integer("peerASN", 0, UINT32);
        OptionalLong peer = given.orElse(0) == 0 ? OptionalLong.empty() : given;
        Optional<DynamicAs> dynamic =
                old ? Optional.empty() : spec.choice("dynamicASN", DynamicAs.class, PoolReader::spelling);
        if (peer.isPresent() && dynamic.isPresent()) {
            spec.findings()
                    .error(
                            Code.MUTUALLY_EXCLUSIVE,
                            spec.path("dynamicASN"),
                            dynamic.get().name().toLowerCase(Locale.ROOT),
                            "peerASN and dynamicASN are mutually exclusive");
        } else if (peer.isEmpty() && dynamic.isEmpty()) {
            spec.findings()
                    .error(
                            Code.INVALID_ASN,
                            spec.path("peerASN"),
                            "",
                            "missing peer ASN: one of peerASN and dynamicASN");
        }
        OptionalLong local = old ? OptionalLong.empty() : spec.integer("localASN", 1, UINT32);
        return new As(my.orElse(0), peer, dynamic, local);
    }

    private static Endpoint endpoint(Fields spec, Source source, boolean old) {
        Optional<String> text = spec.word("peerAddress");
        Optional<IpAddress> address = spec.address("peerAddress", Code.INVALID_PEER_ADDRESS, "invalid BGPPeer address");
        Optional<String> link = old ? Optional.empty() : spec.word("interface");
        if (text.isPresent() && link.isPresent()) {
            spec.findings()
                    .error(
                            Code.MUTUALLY_EXCLUSIVE,
                            spec.path("interface"),
                            link.get(),
                            "peerAddress and interface are mutually exclusive");
        } else if (text.isEmpty() && link.isEmpty()) {
            spec.findings()
                    .error(
                            Code.INVALID_PEER_ADDRESS,
                            spec.path("peerAddress"),
                            "",
                            "invalid BGPPeer address: one of peerAddress and interface is required");
        }
        Optional<IpAddress> own = spec.address("sourceAddress", Code.INVALID_ADDRESS, "invalid source IP");
        int port = spec.small("peerPort", old ? 0 : 1, source.extended() ? 65535 : HIGHEST_PORT)
                .orElse(BGP_PORT);
        Optional<String> vrf = old ? Optional.empty() : spec.word("vrf");
        boolean multihop = spec.bool("ebgpMultiHop", false);
        return new Endpoint(address, link, own, port == 0 ? BGP_PORT : port, vrf, multihop);
    }

    private static Authentication authentication(Fields spec, Source source, boolean old) {
        Optional<SecretValue> password = spec.word("password").map(SecretValue::new);
        Optional<NamespacedName> secret = old
                ? Optional.empty()
                : SecretReference.read(spec, "passwordSecret", source.meta().namespace());
        if (password.isPresent() && secret.isPresent()) {
            spec.findings()
                    .error(
                            Code.MUTUALLY_EXCLUSIVE,
                            spec.path("passwordSecret"),
                            "",
                            "password and passwordSecret are mutually exclusive");
        }
        return new Authentication(password, secret);
    }

    private static Options options(Fields spec, Source source, boolean old) {
        Optional<IpAddress> routerId = spec.address("routerID", Code.INVALID_ROUTER_ID, "invalid router ID");
        if (routerId.isPresent() && !routerId.get().isV4()) {
            spec.findings()
                    .error(
                            Code.INVALID_ROUTER_ID,
                            spec.path("routerID"),
                            routerId.get(),
                            "invalid router ID \"" + routerId.get() + "\": it has the form of an IPv4 address");
        }
        boolean disableMp = !old && spec.bool("disableMP", false);
        if (disableMp) {
            spec.findings()
                    .warning(
                            Code.DEPRECATED_FIELD,
                            spec.path("disableMP"),
                            true,
                            "disableMP is deprecated",
                            "remove it");
        }
        Optional<String> bfdProfile = spec.word("bfdProfile");
        return new Options(
                routerId,
                bfdProfile,
                !old && spec.bool("enableGracefulRestart", false),
                disableMp,
                !old && spec.bool("dualStackAddressFamily", false),
                source.extended() ? extensions(spec, bfdProfile.isPresent()) : Extensions.NONE);
    }

    private static Extensions extensions(Fields spec, boolean bfd) {
        boolean strict = spec.bool("bfdStrict", false);
        if (strict && !bfd) {
            spec.findings()
                    .error(
                            Code.MISSING_FIELD,
                            spec.path("bfdStrict"),
                            true,
                            "bfdStrict waits for BFD, so it needs a bfdProfile");
        }
        return new Extensions(
                spec.bool("passive", false),
                spec.small("ttlSecurityHops", 1, 254),
                spec.choice("role", Role.class, PoolReader::spelling),
                spec.small("maxPrefixes", 0, Integer.MAX_VALUE),
                spec.bool("bfdMultihop"),
                strict);
    }
}
