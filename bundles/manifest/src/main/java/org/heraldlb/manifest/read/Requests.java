package org.heraldlb.manifest.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.ServiceIntent.AddressRequest;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.manifest.Code;

/**
 * What a service asks for. A faulty request does not refuse the document: the service exists, it just gets no address.
 */
final class Requests {

    private static final String PREFIX = "metallb.io/";
    private static final String DEPRECATED_PREFIX = "metallb.universe.tf/";
    private static final String ADDRESSES = "loadBalancerIPs";

    private Requests() {}

    static AddressRequest fromAnnotations(Source source, Fields spec, Optional<Problem> earlier) {
        Map<String, String> annotations = source.meta().annotations();
        warnOfDeprecated(spec.findings(), annotations);
        Optional<String> field = spec.word("loadBalancerIP");
        Optional<String> listed = annotation(annotations, ADDRESSES).filter(text -> !text.isBlank());
        Optional<String> pool = annotation(annotations, "address-pool").filter(text -> !text.isEmpty());
        Optional<String> sharingKey = annotation(annotations, "allow-shared-ip");
        Wanted wanted = wanted(spec, field, listed);
        return new AddressRequest(wanted.addresses(), pool, sharingKey, earlier.or(wanted::problem));
    }

    /** Either addresses or a problem; nothing when nothing is asked for. */
    record Wanted(List<IpAddress> addresses, Optional<Problem> problem) {
        static Wanted faulty(Problem problem) {
            return new Wanted(List.of(), Optional.of(problem));
        }
    }

    private static Wanted wanted(Fields spec, Optional<String> field, Optional<String> listed) {
        if (field.isPresent() && listed.isPresent()) {
            return Wanted.faulty(spec.findings()
                    .problem(
                            Code.CONFLICTING_ADDRESS_REQUESTS,
                            spec.path("loadBalancerIP"),
                            field.get(),
                            "service can not have both " + PREFIX + ADDRESSES + " and spec.loadBalancerIP",
                            "remove spec.loadBalancerIP"));
        }
        if (listed.isPresent()) {
            String path = "metadata.annotations[" + PREFIX + ADDRESSES + "]";
            return parse(spec, path, listed.get(), List.of(listed.get().split(",", -1)));
        }
        return field.map(text -> parse(spec, spec.path("loadBalancerIP"), text, List.of(text)))
                .orElse(new Wanted(List.of(), Optional.empty()));
    }

    /** One address, or two of different families. */
    static Wanted parse(Fields spec, String path, String whole, List<String> texts) {
        List<IpAddress> addresses = new ArrayList<>();
        for (String text : texts) {
            Optional<IpAddress> address = NodeReader.address(text.strip());
            if (address.isEmpty()) {
                return Wanted.faulty(invalid(spec, path, whole, "invalid " + path + " \"" + text.strip() + "\""));
            }
            addresses.add(address.get());
        }
        boolean twice = addresses.stream().map(IpAddress::family).distinct().count() < addresses.size();
        if (twice) {
            return Wanted.faulty(
                    invalid(spec, path, whole, "invalid " + path + ": one address, or two of different families"));
        }
        return new Wanted(addresses, Optional.empty());
    }

    private static Problem invalid(Fields spec, String path, String value, String text) {
        return spec.findings().problem(Code.INVALID_REQUESTED_ADDRESS, path, value, text, "");
    }

    private static Optional<String> annotation(Map<String, String> annotations, String suffix) {
        return Optional.ofNullable(annotations.get(PREFIX + suffix))
                .or(() -> Optional.ofNullable(annotations.get(DEPRECATED_PREFIX + suffix)));
    }

    private static void warnOfDeprecated(Findings findings, Map<String, String> annotations) {
        for (Map.Entry<String, String> annotation : annotations.entrySet()) {
            String key = annotation.getKey();
            if (key.startsWith(DEPRECATED_PREFIX)) {
                findings.warning(
                        Code.DEPRECATED_ANNOTATION,
                        "metadata.annotations[" + key + "]",
                        annotation.getValue(),
                        "annotation prefix " + DEPRECATED_PREFIX + " is deprecated",
                        "write " + PREFIX + key.substring(DEPRECATED_PREFIX.length()));
            }
        }
    }
}
