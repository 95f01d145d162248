package org.heraldlb.configsource.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Vector;
import java.util.stream.Stream;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.L2Advertisement;
import org.heraldlb.api.intent.LabelSelector;
import org.heraldlb.api.intent.Peer;
import org.heraldlb.api.intent.ServiceIntent;
import org.heraldlb.manifest.Documents;
import org.heraldlb.manifest.Parsed;
import org.heraldlb.manifest.ReadContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written in a configuration means what the same document in YAML means. */
final class DictionariesTest {

    private static final ReadContext CONTEXT = ReadContext.files("config");

    private static Parsed read(ConfigKind kind, Map<String, Object> properties) {
        return Dictionaries.read(CONTEXT, kind, kind.factoryPid() + "~web", properties);
    }

    private static Problem problem(ConfigKind kind, Map<String, Object> properties) {
        Parsed parsed = read(kind, properties);
        assertThat(parsed.objects()).isEmpty();
        assertThat(parsed.problems()).hasSize(1);
        return parsed.problems().get(0);
    }

    private static Arguments same(ConfigKind kind, String cfg, String spec) {
        return Arguments.of(kind, cfg, "metadata: {name: web}\nspec: " + spec);
    }

    static Stream<Arguments> equivalents() {
        return Stream.of(
                same(
                        ConfigKind.POOL,
                        "addresses = 192.0.2.0/28, 192.0.2.32-192.0.2.40",
                        "{addresses: [192.0.2.0/28, 192.0.2.32-192.0.2.40]}"),
                same(ConfigKind.POOL, """
                        addresses = 192.0.2.0/28
                        autoAssign = false
                        avoidBuggyIPs = TRUE
                        serviceAllocation.priority = 10
                        serviceAllocation.namespaces = a, b,
                        serviceAllocation.serviceSelectors = app=web, tier=front; app=api
                        excluded = 192.0.2.1
                        strategy = random-stable
                        releaseGrace = 10m
                        """, """
                          addresses: [192.0.2.0/28]
                          autoAssign: false
                          avoidBuggyIPs: true
                          serviceAllocation:
                            priority: 10
                            namespaces: [a, b]
                            serviceSelectors: [{matchLabels: {app: web, tier: front}}, {matchLabels: {app: api}}]
                          excluded: [192.0.2.1]
                          strategy: random-stable
                          releaseGrace: 10m
                        """.indent(2).replaceFirst("^ *", "\n    ")),
                same(ConfigKind.L2_ADVERTISEMENT, "", "{}"),
                same(
                        ConfigKind.L2_ADVERTISEMENT,
                        """
                        ipAddressPools = web, api
                        interfaces = eth0, eth1
                        nodeSelectors.0.matchLabels.kubernetes.io/hostname = node1
                        nodeSelectors.1.matchExpressions.0.key = rack
                        nodeSelectors.1.matchExpressions.0.operator = In
                        nodeSelectors.1.matchExpressions.0.values = a, b
                        preferredNodeSelectors.0.weight = 10
                        preferredNodeSelectors.0.preference.matchLabels.rack = 1
                        ownership.sticky = true
                        """,
                        "{ipAddressPools: [web, api], interfaces: [eth0, eth1], nodeSelectors: ["
                                + "{matchLabels: {kubernetes.io/hostname: node1}}, "
                                + "{matchExpressions: [{key: rack, operator: In, values: [a, b]}]}], "
                                + "preferredNodeSelectors: [{weight: 10, preference: {matchLabels: {rack: '1'}}}], "
                                + "ownership: {sticky: true}}"),
                same(
                        ConfigKind.BGP_ADVERTISEMENT,
                        "aggregationLength = 24\nlocalPref = 100\ncommunities = 65001:1, no-export\npeers = tor1",
                        "{aggregationLength: 24, localPref: 100, communities: ['65001:1', no-export], peers: [tor1]}"),
                same(
                        ConfigKind.PEER,
                        "myASN = 64512\npeerASN = 64513\npeerAddress = 192.0.2.1\npassword = 0123\nholdTime = 90s",
                        "{myASN: 64512, peerASN: 64513, peerAddress: 192.0.2.1, password: '0123', holdTime: 90s}"),
                same(
                        ConfigKind.BFD_PROFILE,
                        "receiveInterval = 100\nechoMode = true\nminimumTtl = 254",
                        "{receiveInterval: 100, echoMode: true, minimumTtl: 254}"),
                same(
                        ConfigKind.COMMUNITY,
                        "communities.0.name = a\ncommunities.0.value = 1:2\ncommunities.10.name = b\ncommunities.10.value = 1:3",
                        "{communities: [{name: a, value: '1:2'}, {name: b, value: '1:3'}]}"),
                same(
                        ConfigKind.SERVICE,
                        """
                        addresses = 192.0.2.7
                        ports = tcp/80, UDP/53, 443
                        nodes = node1
                        assignTo = lo
                        healthCheck.http.port = 8080
                        healthCheck.http.path = /health
                        healthCheck.interval = 1s
                        healthCheck.timeout = 500ms
                        healthCheck.rise = 1
                        """,
                        "{addresses: [192.0.2.7], ports: [{protocol: TCP, port: 80}, {protocol: UDP, port: 53}, "
                                + "{port: 443}], nodes: [node1], assignTo: lo, healthCheck: {http: {port: 8080, "
                                + "path: /health}, interval: 1s, timeout: 500ms, rise: 1}}"),
                same(
                        ConfigKind.RESERVATION,
                        "service = shop/web\naddresses = 192.0.2.7",
                        "{service: shop/web, addresses: [192.0.2.7]}"),
                same(
                        ConfigKind.NAMESPACE_QUOTA,
                        "namespace = shop\nmaxAddresses = 3",
                        "{namespace: shop, maxAddresses: 3}"));
    }

    @ParameterizedTest
    @MethodSource("equivalents")
    void aConfigurationMeansWhatTheDocumentMeans(ConfigKind kind, String cfg, String yaml) {
        String document = "apiVersion: heraldlb.org/v1\nkind: " + kind.kind().text() + "\n" + yaml;
        Parsed wanted = Documents.parse(CONTEXT, "org.heraldlb", document);
        assertThat(wanted.problems()).isEmpty();
        Parsed parsed = read(kind, Cfg.properties(cfg));
        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.objects())
                .map(Documents::print)
                .isEqualTo(wanted.objects().stream().map(Documents::print).toList());
    }

    @Test
    void arraysAndCollectionsOfTypedConfigurationsAreLists() {
        List<ConfigObject> fromText = read(ConfigKind.POOL, Map.of("addresses", "192.0.2.0/28,192.0.2.32/28"))
                .objects();
        String[] array = {"192.0.2.0/28", "192.0.2.32/28"};
        assertThat(read(ConfigKind.POOL, Map.of("addresses", array)).objects()).isEqualTo(fromText);
        assertThat(read(ConfigKind.POOL, Map.of("addresses", new Vector<>(List.of(array))))
                        .objects())
                .isEqualTo(fromText);
    }

    @Test
    void typedNumbersAndBooleansAreTakenAsTheyAre() {
        Parsed parsed = read(
                ConfigKind.POOL,
                Map.of("addresses", "192.0.2.0/28", "autoAssign", false, "serviceAllocation.priority", 7));
        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.objects()).hasSize(1);
    }

    @Test
    void theObjectIsNamedByItsPidUnlessItHasANameOfItsOwn() {
        assertThat(read(ConfigKind.L2_ADVERTISEMENT, Map.of()).objects().get(0).name())
                .isEqualTo("web");
        assertThat(read(ConfigKind.L2_ADVERTISEMENT, Map.of("name", "other"))
                        .objects()
                        .get(0)
                        .name())
                .isEqualTo("other");
    }

    @ParameterizedTest
    @CsvSource({
        "org.heraldlb.pool.37c150f5-5f17,file:/opt/etc/org.heraldlb.pool-live.cfg,live",
        "org.heraldlb.pool.37c150f5-5f17,/opt/etc/org.heraldlb.pool-a-b.c.config,a-b.c",
        "org.heraldlb.pool~web,file:/opt/etc/org.heraldlb.pool-web.cfg,web",
        "org.heraldlb.pool~web,file:/opt/etc/other.cfg,web",
        "org.heraldlb.pool~web,file:/opt/etc/org.heraldlb.pool-.cfg,web",
        "org.heraldlb.pool~web,,web",
        "org.heraldlb.pool.37c150f5-5f17,,37c150f5-5f17"
    })
    void theFileNamesAnObjectWhosePidIsRandom(String pid, String file, String name) {
        Map<String, Object> properties = new HashMap<>(Map.of("addresses", "192.0.2.0/28"));
        if (file != null) {
            properties.put("felix.fileinstall.filename", file);
        }
        Parsed parsed = Dictionaries.read(CONTEXT, ConfigKind.POOL, pid, properties);
        assertThat(parsed.objects()).extracting(ConfigObject::name).containsExactly(name);
    }

    @Test
    void metadataHasKeysOfItsOwn() {
        ServiceIntent service = (ServiceIntent)
                read(ConfigKind.SERVICE, Map.of("namespace", "shop", "labels.app.kubernetes.io/name", "web"))
                        .objects()
                        .get(0);
        assertThat(service.ref().toString()).isEqualTo("Service shop/web");
        assertThat(service.labels()).isEqualTo(Map.of("app.kubernetes.io/name", "web"));
    }

    @Test
    void theOriginIsThePid() {
        assertThat(read(ConfigKind.L2_ADVERTISEMENT, Map.of())
                        .objects()
                        .get(0)
                        .origin()
                        .document())
                .isEqualTo("org.heraldlb.l2advertisement~web");
    }

    @Test
    void bookkeepingOfTheContainerIsPassedOver() {
        Parsed parsed = read(
                ConfigKind.L2_ADVERTISEMENT,
                Map.of(
                        "service.pid", "org.heraldlb.l2advertisement~web",
                        "service.factoryPid", "org.heraldlb.l2advertisement",
                        "service.bundleLocation", "?",
                        "felix.fileinstall.filename", "file:/etc/x.cfg",
                        "org.apache.karaf.features.configKey", "x",
                        ".private", "x"));
        assertThat(parsed.problems()).isEmpty();
    }

    @Test
    void emptyTextsSayNothing() {
        assertThat(read(ConfigKind.L2_ADVERTISEMENT, Map.of("ipAddressPools", " ", "interfaces", ""))
                        .problems())
                .isEmpty();
    }

    @Test
    void anUnknownKeyIsAProblemThatNamesPidAndKey() {
        Problem problem = problem(ConfigKind.POOL, Map.of("addresses", "192.0.2.0/28", "autoAsign", "true"));
        assertThat(problem.code()).isEqualTo("unknownField");
        assertThat(problem.place()).isEqualTo(new Problem.Place("org.heraldlb.pool~web", "autoAsign", "true"));
        assertThat(problem.text()).contains("autoAsign").doesNotContain("spec.");
    }

    @Test
    void aBadValueIsAProblemWithItsKeyAndPlaceInTheList() {
        Problem problem = problem(ConfigKind.POOL, Map.of("addresses", "192.0.2.0/28, 192.0.2.0/99"));
        assertThat(problem.place())
                .isEqualTo(new Problem.Place("org.heraldlb.pool~web", "addresses[1]", "192.0.2.0/99"));
    }

    @Test
    void aTextWhereANumberBelongsIsRefusedByTheRuleOfTheField() {
        Problem problem =
                problem(ConfigKind.POOL, Map.of("addresses", "192.0.2.0/28", "serviceAllocation.priority", "high"));
        assertThat(problem.place().path()).isEqualTo("serviceAllocation.priority");
        assertThat(problem.text()).contains("integer");
    }

    @Test
    void keysThatExcludeEachOtherAreRefused() {
        Problem problem = problem(ConfigKind.SERVICE, Map.of("ports", "tcp/80", "ports.0.port", "81"));
        assertThat(problem.code()).isEqualTo("conflictingKeys");
        assertThat(problem.text()).contains("ports.0.port").contains("org.heraldlb.service~web");
    }

    @Test
    void aPasswordUnderAMisspeltKeyIsNotRepeated() {
        Problem problem = problem(
                ConfigKind.PEER, Map.of("myASN", "1", "peerASN", "2", "peerAddress", "192.0.2.1", "passwrd", "hush"));
        assertThat(problem.toString()).doesNotContain("hush").contains("passwrd");
    }

    @Test
    void hostileKeysGiveProblemsAndNoExceptions() {
        for (String key : List.of(
                ".",
                "..",
                "a..b",
                "a.",
                "0",
                "0.0",
                "matchLabels.",
                "a.".repeat(10_000) + "b",
                "nodeSelectors.999999999999.matchLabels.a",
                "name.x",
                "labels",
                "labels.a.b",
                "spec",
                "metadata.name",
                "addresses.0",
                "addresses.0.x",
                "")) {
            Parsed parsed = read(ConfigKind.POOL, Map.of("addresses", "192.0.2.0/28", key, "x"));
            assertThat(parsed.objects().size() + parsed.problems().size())
                    .as(key)
                    .isPositive();
        }
    }

    @Test
    void aNumberedListMayHaveGapsAndKeepsTheOrderOfNumbers() {
        L2Advertisement l2 = (L2Advertisement) read(
                        ConfigKind.L2_ADVERTISEMENT,
                        Map.of("nodeSelectors.10.matchLabels.rack", "b", "nodeSelectors.9.matchLabels.rack", "a"))
                .objects()
                .get(0);
        assertThat(l2.nodeSelectors())
                .map(LabelSelector::matchLabels)
                .containsExactly(Map.of("rack", "a"), Map.of("rack", "b"));
    }

    @Test
    void anAsNumberMayBeOfFourBytes() {
        Parsed parsed = read(
                ConfigKind.PEER, Map.of("myASN", "4294967295", "peerASN", "4200000000", "peerAddress", "192.0.2.1"));
        assertThat(parsed.problems()).isEmpty();
        assertThat(((Peer) parsed.objects().get(0)).as().peerAsn()).isEqualTo(OptionalLong.of(4_200_000_000L));
    }
}
