package org.heraldlb.manifest.read;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heraldlb.api.intent.Backing;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.HealthCheck;
import org.heraldlb.api.intent.HealthCheck.Schedule;
import org.heraldlb.api.intent.ServiceIntent;
import org.heraldlb.api.intent.ServiceIntent.AddressRequest;
import org.heraldlb.api.intent.ServiceIntent.Families;
import org.heraldlb.api.intent.ServiceIntent.FamilyPolicy;
import org.heraldlb.api.intent.ServiceIntent.Traffic;
import org.heraldlb.api.intent.ServiceIntent.Type;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpFamily;
import org.heraldlb.manifest.Code;

/** {@code heraldlb.org/v1} {@code Service}: served by processes on the nodes themselves. */
final class HostServiceReader {

    private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(10);
    private static final int LONGEST_INTERFACE = 15;

    private HostServiceReader() {}

    static ConfigObject read(Source source) {
        try (Fields spec = source.optionalSpec()) {
            List<String> texts = spec.texts("addresses");
            Requests.Wanted wanted = Requests.parse(spec, spec.path("addresses"), String.join(",", texts), texts);
            AddressRequest request = new AddressRequest(
                    wanted.addresses(), spec.word("pool"), spec.text("sharingKey"), wanted.problem());
            Traffic traffic = new Traffic(ServiceReader.trafficPolicy(spec), ServiceReader.ports(spec), Map.of());
            return new ServiceIntent(
                    source.ref(),
                    source.origin(),
                    ServiceReader.labels(source.meta()),
                    Type.LOAD_BALANCER,
                    spec.word("loadBalancerClass"),
                    families(spec, wanted.addresses()),
                    request,
                    traffic,
                    ServiceReader.held(source.root()),
                    backing(spec));
        }
    }

    /** As asked for, else those of the wanted addresses, else IPv4. */
    private static Families families(Fields spec, List<IpAddress> addresses) {
        Optional<FamilyPolicy> policy = ServiceReader.familyPolicy(spec);
        List<IpFamily> wanted = ServiceReader.ipFamilies(spec);
        if (wanted.isEmpty()) {
            wanted = addresses.stream().map(IpAddress::family).toList();
        }
        List<IpFamily> families = ServiceReader.ClusterFamilies.asAssigned(wanted, policy, IpFamily.IPV4);
        return new Families(families, policy, Optional.of(families.get(0)));
    }

    private static Backing backing(Fields spec) {
        Optional<HealthCheck> check = spec.object("healthCheck").flatMap(HostServiceReader::healthCheck);
        Optional<String> assignTo = spec.word("assignTo").filter(name -> isInterface(spec, name));
        return new Backing.Host(spec.distinct("nodes", Code.DUPLICATE_VALUE, "node"), check, assignTo);
    }

    private static boolean isInterface(Fields spec, String name) {
        boolean fits = name.length() <= LONGEST_INTERFACE && name.chars().noneMatch(c -> c <= ' ' || c == '/');
        if (!fits) {
            spec.findings()
                    .error(
                            Code.INVALID_NAME,
                            spec.path("assignTo"),
                            name,
                            "\"" + name + "\" is no interface name: at most 15 characters, no blank, no slash");
        }
        return fits;
    }

    private static Optional<HealthCheck> healthCheck(Fields check) {
        try (check) {
            Schedule schedule = schedule(check);
            Optional<Fields> tcp = check.object("tcp");
            Optional<Fields> http = check.object("http");
            if (tcp.isPresent() == http.isPresent()) {
                check.findings()
                        .error(
                                Code.MUTUALLY_EXCLUSIVE,
                                check.path(),
                                "",
                                "a health check has either tcp or http: they are mutually exclusive");
                return Optional.empty();
            }
            HealthCheck.Type type = tcp.isPresent() ? HealthCheck.Type.TCP : HealthCheck.Type.HTTP;
            return target(tcp.or(() -> http).orElseThrow(), type, schedule);
        }
    }

    private static Optional<HealthCheck> target(Fields target, HealthCheck.Type type, Schedule schedule) {
        try (target) {
            if (!target.has("port")) {
                target.missing("port", "a health check connects to a port");
            }
            int port = target.small("port", 1, 65535).orElse(1);
            String host = target.word("host").orElse("127.0.0.1");
            Optional<String> path = type == HealthCheck.Type.TCP
                    ? Optional.empty()
                    : target.word("path").or(() -> Optional.of("/"));
            if (path.isPresent() && !path.get().startsWith("/")) {
                target.findings().error(Code.OUT_OF_RANGE, target.path("path"), path.get(), "a path starts with \"/\"");
            }
            return Optional.of(new HealthCheck(type, host, port, path, schedule));
        }
    }

    private static Schedule schedule(Fields check) {
        Duration interval =
                Durations.atLeast(check, "interval", SHORTEST_INTERVAL).orElse(Schedule.DEFAULT.interval());
        Duration usual = Schedule.DEFAULT.timeout();
        Duration timeout = Durations.atLeast(check, "timeout", Duration.ofMillis(1))
                .orElse(usual.compareTo(interval) < 0 ? usual : interval);
        if (timeout.compareTo(interval) > 0) {
            Durations.refuse(
                    check, "timeout", timeout, "it must not exceed the interval " + GoDuration.print(interval));
        }
        return new Schedule(
                interval,
                timeout,
                check.small("rise", 1, 1000).orElse(Schedule.DEFAULT.rise()),
                check.small("fall", 1, 1000).orElse(Schedule.DEFAULT.fall()));
    }
}
