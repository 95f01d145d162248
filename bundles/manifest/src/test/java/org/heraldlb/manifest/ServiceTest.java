package org.heraldlb.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.heraldlb.api.net.IpFamily.IPV4;
import static org.heraldlb.api.net.IpFamily.IPV6;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.heraldlb.api.intent.Backing;
import org.heraldlb.api.intent.HealthCheck;
import org.heraldlb.api.intent.ServiceIntent;
import org.heraldlb.api.intent.ServiceIntent.Type;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpFamily;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Services: what they ask for, and which families they have. */
class ServiceTest {

    private static ServiceIntent service(String annotations, String spec) {
        return (ServiceIntent) Fixture.parse(text(annotations, spec)).objects().get(0);
    }

    private static String text(String annotations, String spec) {
        return "{apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop, annotations: {" + annotations
                + "}}, spec: {type: LoadBalancer" + (spec.isEmpty() ? "" : ", ") + spec + "}}";
    }

    private static void faulty(String annotations, String spec, Code code, String rule) {
        ServiceIntent service = service(annotations, spec);
        assertThat(service.request().problem()).hasValueSatisfying(problem -> {
            assertThat(problem.code()).isEqualTo(code.text());
            assertThat(problem.text()).contains(rule);
            assertThat(problem.subject()).isEqualTo("Service shop/web");
        });
        assertThat(service.request().addresses()).isEmpty();
    }

    @Test
    @DisplayName("G-04 G-05 the address by field and by annotation")
    void asked() {
        assertThat(service("", "loadBalancerIP: 1.2.3.4").request().addresses())
                .containsExactly(IpAddress.parse("1.2.3.4"));
        assertThat(service("metallb.io/loadBalancerIPs: \" 1.2.3.4 , fd00::1\"", "")
                        .request()
                        .addresses())
                .containsExactly(IpAddress.parse("1.2.3.4"), IpAddress.parse("fd00::1"));
    }

    @Test
    @DisplayName("G-06 both given")
    void g06() {
        faulty(
                "metallb.io/loadBalancerIPs: 1.2.3.4",
                "loadBalancerIP: 1.2.3.4",
                Code.CONFLICTING_ADDRESS_REQUESTS,
                "service can not have both");
    }

    @Test
    @DisplayName("G-07 unparsable loadBalancerIP")
    void g07() {
        faulty("", "loadBalancerIP: please sir", Code.INVALID_REQUESTED_ADDRESS, "invalid spec.loadBalancerIP");
    }

    @Test
    @DisplayName("G-09 unparsable address annotation")
    void g09() {
        faulty("metallb.io/loadBalancerIPs: please sir", "", Code.INVALID_REQUESTED_ADDRESS, "loadBalancerIPs");
        faulty("metallb.io/loadBalancerIPs: \"1.2.3.4,\"", "", Code.INVALID_REQUESTED_ADDRESS, "loadBalancerIPs");
    }

    @Test
    @DisplayName("G-10 two IPv4 addresses in the annotation")
    void g10() {
        faulty("metallb.io/loadBalancerIPs: \"1.2.3.4,1.2.3.5\"", "", Code.INVALID_REQUESTED_ADDRESS, "families");
        faulty("metallb.io/loadBalancerIPs: \"1.2.3.4,::1,::2\"", "", Code.INVALID_REQUESTED_ADDRESS, "families");
    }

    @Test
    void theNewPrefixWinsAndTheOldOneIsDeprecated() {
        Parsed parsed = Fixture.parse(text("metallb.universe.tf/address-pool: old, metallb.io/address-pool: new", ""));
        ServiceIntent service = (ServiceIntent) parsed.objects().get(0);
        assertThat(service.request().pool()).contains("new");
        assertThat(parsed.problems()).extracting("code").containsExactly("deprecatedAnnotation");
        assertThat(parsed.problems().get(0).fix()).contains("metallb.io/address-pool");
        assertThat(service("metallb.universe.tf/address-pool: old", "")
                        .request()
                        .pool())
                .contains("old");
    }

    @Test
    void anEmptySharingKeyIsPresent() {
        assertThat(service("metallb.io/allow-shared-ip: \"\"", "").request().sharingKey())
                .contains("");
        assertThat(service("", "").request().sharingKey()).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("R-03 families of cluster addresses")
    @CsvSource(
            delimiter = '|',
            value = {
                "clusterIP: 1.2.3.4                            | IPV4",
                "clusterIP: 'fd00::1'                          | IPV6",
                "clusterIPs: [1.2.3.4]                         | IPV4",
                "clusterIPs: [1.2.3.4, 'fd00::1']              | IPV4 IPV6",
                "clusterIPs: ['fd00::1', 1.2.3.4]              | IPV6 IPV4",
                "clusterIP: None                               | ''",
                "clusterIPs: [None]                            | ''",
                "clusterIP: ''                                 | IPV4",
                "ports: []                                     | IPV4",
                "ipFamilies: [IPv6]                            | IPV6",
                "ipFamilyPolicy: PreferDualStack               | IPV4 IPV6",
                "ipFamilyPolicy: RequireDualStack, ipFamilies: [IPv6] | IPV6 IPV4"
            })
    void families(String spec, String wanted) {
        String names = String.join(
                " ",
                service("", spec.replace('\'', '"')).families().cluster().stream()
                        .map(IpFamily::name)
                        .toList());
        assertThat(names).isEqualTo(wanted);
    }

    @ParameterizedTest
    @DisplayName("R-03 cluster addresses that are no family are a problem of the request")
    @CsvSource(
            delimiter = '|',
            value = {
                "clusterIPs: [1.2.3.4, 1.2.3.5]",
                "clusterIPs: ['fd00::1', 'fd00::2']",
                "clusterIPs: [1.2.3.4, 'fd00::1', 1.2.3.5]",
                "clusterIP: nonsense"
            })
    void noFamily(String spec) {
        faulty("", spec.replace('\'', '"'), Code.UNKNOWN_CLUSTER_IP_FAMILY, "clusterIPs");
        assertThat(service("", spec.replace('\'', '"')).families().cluster()).isEmpty();
    }

    @Test
    void inKubernetesAServiceWithoutClusterAddressHasNoFamily() {
        ReadContext kubernetes = new ReadContext("k8s", true, "metallb-system");
        ServiceIntent service = (ServiceIntent)
                Documents.parse(kubernetes, "d", text("", "")).objects().get(0);
        assertThat(service.families().cluster()).isEmpty();
    }

    @Test
    void statusGivesTheHeldAddresses() {
        ServiceIntent service = (ServiceIntent) Fixture.object("{apiVersion: v1, kind: Service, metadata: {name: web},"
                + " spec: {type: LoadBalancer}, status: {conditions: [], loadBalancer: {ingress:"
                + " [{ip: 1.2.3.4, ipMode: VIP}, {ip: bad}, {hostname: x}, {ip: \"fd00::1\"}]}}}");
        assertThat(service.held()).containsExactly(IpAddress.parse("1.2.3.4"), IpAddress.parse("fd00::1"));
        assertThat(service.serviceName()).hasToString("default/web");
    }

    @Test
    void theRestOfACoreService() {
        ServiceIntent service = service(
                "",
                "loadBalancerClass: foo, externalTrafficPolicy: Local, selector: {app: web}, sessionAffinity: None,"
                        + " ports: [{port: 80, name: http, targetPort: web}, {port: 53, protocol: UDP}]");
        assertThat(service.type()).isEqualTo(Type.LOAD_BALANCER);
        assertThat(service.loadBalancerClass()).contains("foo");
        assertThat(service.traffic().ports()).hasToString("[tcp/80, udp/53]");
        assertThat(service.traffic().selector()).containsEntry("app", "web");
        assertThat(service.backing()).isEqualTo(Backing.SLICES);
        assertThat(Fixture.parse(text("", "ports: [{port: 70000}]")).objects()).isEmpty();
        assertThat(Fixture.parse(text("", "externalTrafficPolicy: Sometimes")).objects())
                .isEmpty();
    }

    private static ServiceIntent host(String spec) {
        return (ServiceIntent) Fixture.object(Fixture.doc("heraldlb.org/v1", "Service", "web", spec));
    }

    @Test
    void aHostServiceNeedsNothing() {
        ServiceIntent service = host("{}");
        assertThat(service.type()).isEqualTo(Type.LOAD_BALANCER);
        assertThat(service.families().cluster()).containsExactly(IPV4);
        assertThat(service.backing()).isEqualTo(new Backing.Host(List.of(), Optional.empty(), Optional.empty()));
    }

    @Test
    void aHostServiceSaysEverything() {
        ServiceIntent service = host("{addresses: [\"fd00::1\"], pool: p, sharingKey: k, nodes: [a, b], assignTo: lo,"
                + " ports: [{port: 443}], externalTrafficPolicy: Local,"
                + " healthCheck: {http: {port: 80, path: /up, host: \"::1\"}, interval: 500ms, rise: 1, fall: 2}}");
        assertThat(service.families().cluster()).containsExactly(IPV6);
        assertThat(service.request().pool()).contains("p");
        Backing.Host host = (Backing.Host) service.backing();
        assertThat(host.assignTo()).contains("lo");
        HealthCheck check = host.healthCheck().orElseThrow();
        assertThat(check.type()).isEqualTo(HealthCheck.Type.HTTP);
        assertThat(check.httpPath()).contains("/up");
        assertThat(check.schedule())
                .isEqualTo(new HealthCheck.Schedule(Duration.ofMillis(500), Duration.ofMillis(500), 1, 2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "healthCheck: {interval: 1s}                                  | mutuallyExclusive",
                "healthCheck: {tcp: {port: 1}, http: {port: 1}}               | mutuallyExclusive",
                "healthCheck: {tcp: {}}                                       | missingField",
                "healthCheck: {tcp: {port: 0}}                                | outOfRange",
                "healthCheck: {tcp: {port: 1, path: /}}                       | unknownField",
                "healthCheck: {http: {port: 1, path: x}}                      | outOfRange",
                "healthCheck: {tcp: {port: 1}, interval: 1ms}                 | invalidDuration",
                "healthCheck: {tcp: {port: 1}, interval: 1s, timeout: 2s}     | invalidDuration",
                "healthCheck: {tcp: {port: 1}, interval: soon}                | invalidDuration",
                "healthCheck: {tcp: {port: 1}, rise: 0}                       | outOfRange",
                "assignTo: an-interface-with-a-long-name                      | invalidName",
                "ipFamilies: [IPv5]                                           | unknownValue",
                "port: 80                                                     | unknownField"
            })
    void aWrongHostServiceIsRefused(String spec, String code) {
        Parsed parsed = Fixture.parse(Fixture.doc("heraldlb.org/v1", "Service", "web", "{" + spec + "}"));
        assertThat(parsed.objects()).isEmpty();
        assertThat(parsed.problems()).extracting("code").contains(code);
    }
}
