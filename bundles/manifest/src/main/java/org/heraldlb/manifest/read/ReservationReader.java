package org.heraldlb.manifest.read;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.NamespaceQuota;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.intent.Reservation;
import org.heraldlb.manifest.Code;

/** {@code Reservation} and {@code NamespaceQuota} of {@code heraldlb.org/v1}. */
final class ReservationReader {

    private ReservationReader() {}

    static ConfigObject reservation(Source source) {
        try (Fields spec = source.spec()) {
            Optional<NamespacedName> service = service(spec, source.meta().namespace());
            List<String> texts = spec.texts("addresses");
            if (texts.isEmpty()) {
                spec.missing("addresses", "a reservation keeps one address, or one of each family");
            }
            Requests.Wanted wanted = Requests.parse(spec, spec.path("addresses"), String.join(",", texts), texts);
            wanted.problem().ifPresent(problem -> spec.findings()
                    .error(
                            Code.INVALID_ADDRESS,
                            problem.place().path(),
                            problem.place().value(),
                            problem.text()));
            return new Reservation(
                    source.ref(),
                    source.origin(),
                    service.orElseGet(() -> source.ref().namespacedName()),
                    wanted.addresses(),
                    spec.text("expires").flatMap(text -> instant(spec, text)));
        }
    }

    /** A service of the reservation's own namespace unless it says otherwise. */
    private static Optional<NamespacedName> service(Fields spec, String namespace) {
        return spec.required("service", "a reservation names a service")
                .flatMap(text -> spec.convert(
                        Code.INVALID_NAME,
                        spec.path("service"),
                        text,
                        word -> NamespacedName.parse(word.indexOf('/') < 0 ? namespace + "/" + word : word)));
    }

    private static Optional<Instant> instant(Fields spec, String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException bad) {
            spec.findings()
                    .error(
                            Code.INVALID_TIME,
                            spec.path("expires"),
                            text,
                            "\"" + text + "\" is not a time such as 2030-12-31T23:59:59Z");
            return Optional.empty();
        }
    }

    static ConfigObject quota(Source source) {
        try (Fields spec = source.spec()) {
            if (!spec.has("maxAddresses")) {
                spec.missing("maxAddresses", "a quota is a number of addresses");
            }
            int most = spec.small("maxAddresses", 0, Integer.MAX_VALUE).orElse(0);
            String namespace = spec.word("namespace").orElse(source.ref().name());
            return new NamespaceQuota(source.ref(), source.origin(), namespace, most);
        }
    }
}
