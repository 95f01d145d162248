package org.heraldlb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.heraldlb.view.Paper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The two commands from arguments to text and exit code. */
class CommandLineTest {

    private static final String POOL =
            doc("metallb.io/v1beta1", "IPAddressPool", "a", "addresses: [10.0.0.1-10.0.0.9]");
    private static final String L2 = doc("metallb.io/v1beta1", "L2Advertisement", "l2", "ipAddressPools: [a]");
    private static final String WEB = service("web", "");

    @TempDir
    Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void forget() {
        out.reset();
        err.reset();
    }

    private static String doc(String apiVersion, String kind, String name, String spec) {
        return "---\napiVersion: " + apiVersion + "\nkind: " + kind + "\nmetadata: {name: " + name + "}\nspec: {" + spec
                + "}\n";
    }

    private static String service(String name, String more) {
        return doc("heraldlb.org/v1", "Service", name, more);
    }

    private static String node(String name) {
        return "---\n{apiVersion: v1, kind: Node, metadata: {name: " + name + "}}\n";
    }

    private String file(String name, String... documents) throws IOException {
        Path file = directory.resolve(name);
        Files.writeString(file, String.join("", documents));
        return file.toString();
    }

    private int run(String... args) {
        out.reset();
        err.reset();
        PrintStream to = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
        Terminal terminal = new Terminal(Paper.PLAIN, "this-host");
        return new CommandLine(to, errors, terminal, Instant.parse("2030-01-01T00:00:00Z")).run(args);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String json() {
        return out().replaceAll("\\s+", "");
    }

    @Test
    void jsonHasTheAgreedForm() throws IOException {
        assertThat(run("plan", file("a.yaml", POOL, L2, WEB), "-o", "json")).isZero();
        assertThat(json())
                .isEqualTo("{\"services\":[{\"name\":\"default/web\",\"addresses\":[\"10.0.0.1\"],\"pool\":\"a\"}],"
                        + "\"layer2\":[{\"address\":\"10.0.0.1\",\"service\":\"default/web\",\"node\":\"this-host\"}],"
                        + "\"bgp\":[],\"problems\":[]}");
    }

    @Test
    void aServiceWithoutAddressSaysWhyAndTheExitCodeIsOne() throws IOException {
        assertThat(run("plan", "-o", "json", file("a.yaml", POOL, service("web", "pool: b"))))
                .isEqualTo(1);
        assertThat(json())
                .contains("{\"name\":\"default/web\",\"addresses\":[],\"pool\":\"\",\"problem\":\"")
                .contains("\"subject\":\"Servicedefault/web\"");
    }

    @Test
    void bgpRoutesHaveTheirAttributes() throws IOException {
        String peer =
                doc("metallb.io/v1beta2", "BGPPeer", "tor", "myASN: 65001, peerASN: 65001, peerAddress: 192.168.0.1");
        String ad = doc(
                "metallb.io/v1beta1",
                "BGPAdvertisement",
                "bgp",
                "localPref: 150, communities: [\"65000:1\", \"large:1:2:3\"]");
        assertThat(run("plan", file("a.yaml", POOL, peer, ad, WEB), "-o", "json", "--node", "n7"))
                .isZero();
        assertThat(json())
                .contains("\"bgp\":[{\"node\":\"n7\",\"peer\":\"tor\",\"prefix\":\"10.0.0.1/32\",\"localPref\":150,"
                        + "\"communities\":[\"65000:1\"],\"largeCommunities\":[\"1:2:3\"]}]");
    }

    @Test
    void argumentsAreAppliedOneAfterTheOther() throws IOException {
        String first = file("1.yaml", POOL, L2, WEB);
        String second = file("2.yaml", service("aaa", ""));
        String third = file("3.yaml", service("web", "addresses: [10.0.0.5]"));
        assertThat(run("plan", first, second, third, "-o", "json")).isZero();
        assertThat(json())
                .contains("\"name\":\"default/aaa\",\"addresses\":[\"10.0.0.2\"]")
                .contains("\"name\":\"default/web\",\"addresses\":[\"10.0.0.5\"]");
        assertThat(run("plan", second, first, "-o", "json")).isZero();
        assertThat(json()).contains("\"name\":\"default/aaa\",\"addresses\":[\"10.0.0.1\"]");
    }

    @Test
    void anEditThatContradictsLeavesTheLastGoodVersion() throws IOException {
        String before = file("1.yaml", POOL, L2, WEB);
        String other = doc("metallb.io/v1beta1", "IPAddressPool", "0a", "addresses: [10.0.0.0/24]");
        assertThat(run("plan", before, file("2.yaml", other), "-o", "json")).isEqualTo(1);
        assertThat(json())
                .contains("\"addresses\":[\"10.0.0.1\"],\"pool\":\"a\"")
                .contains("\"code\":\"overlappingPrefix\",\"subject\":\"IPAddressPool0a\"");
    }

    @Test
    void directoriesAreReadInNameOrderAndForeignFilesAreLeftAlone() throws IOException {
        file("b.yml", L2);
        file(
                "a.json",
                "{\"apiVersion\":\"metallb.io/v1beta1\",\"kind\":\"IPAddressPool\",\"metadata\":{\"name\":\"a\"},"
                        + "\"spec\":{\"addresses\":[\"10.0.0.0/24\"]}}");
        file("c.yaml", WEB);
        file("notes.txt", "not: [yaml");
        file(".hidden.yaml", "not: [yaml");
        assertThat(run("plan", directory.toString(), "-o", "json")).isZero();
        assertThat(json()).contains("\"addresses\":[\"10.0.0.0\"]");
    }

    @Test
    void tableExplainsEveryDecision() throws IOException {
        String peer =
                doc("metallb.io/v1beta2", "BGPPeer", "tor", "myASN: 65001, peerASN: 65001, peerAddress: 192.168.0.1");
        String ad = doc("metallb.io/v1beta1", "BGPAdvertisement", "bgp", "localPref: 150, communities: [\"65000:1\"]");
        String spare =
                doc("metallb.io/v1beta1", "IPAddressPool", "spare", "addresses: [10.1.0.1/32], autoAssign: false");
        String lost = service("lost", "addresses: [10.2.0.1]");
        String text = String.join("", POOL, spare, L2, ad, peer, node("n1"), node("n2"), WEB, lost);
        assertThat(run("plan", file("all.yaml", text))).isEqualTo(1);
        assertThat(out()).isEqualTo(golden("plan.txt"));
        assertThat(run("plan", file("all.yaml", text), "-o", "yaml")).isEqualTo(1);
        assertThat(out()).isEqualTo(golden("plan.yaml"));
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = CommandLineTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void diffShowsWhatMovesAppearsAndVanishes() throws IOException {
        String before = file("before.yaml", POOL, L2, WEB, service("old", "addresses: [10.0.0.7]"));
        String after = file(
                "after.yaml",
                doc("metallb.io/v1beta1", "IPAddressPool", "a", "addresses: [10.0.9.0/24]"),
                L2,
                WEB,
                service("new", "addresses: [10.0.9.9]"));
        assertThat(run("plan", "--diff", before, after, "-o", "json")).isZero();
        assertThat(json())
                .contains(
                        "{\"what\":\"address\",\"subject\":\"default/new\",\"change\":\"appears\",\"after\":\"10.0.9.9\"}")
                .contains(
                        "{\"what\":\"address\",\"subject\":\"default/old\",\"change\":\"vanishes\",\"before\":\"10.0.0.7\"}")
                .contains(
                        "\"subject\":\"default/web\",\"change\":\"moves\",\"before\":\"10.0.0.1\",\"after\":\"10.0.9.0\"");
    }

    @Test
    void diffOfEqualStatesIsEmptyWhateverTheOrder() throws IOException {
        assertThat(run("plan", "--diff", file("1.yaml", POOL, L2, WEB), file("2.yaml", WEB, L2, POOL)))
                .isZero();
        assertThat(out()).isEqualTo("Changes\nnone\n\nProblems\nnone\n\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--drain", "--fail"})
    void addressesLeaveANodeThatIsDrainedOrDies(String option) throws IOException {
        String all = file("all.yaml", POOL, L2, WEB, node("n1"), node("n2"));
        run("plan", all, "-o", "json");
        String owner = json().contains("\"node\":\"n1\"") ? "n1" : "n2";
        String other = owner.equals("n1") ? "n2" : "n1";
        assertThat(run("plan", all, option, owner, "-o", "json")).isZero();
        assertThat(json())
                .isEqualTo("{\"changes\":[{\"what\":\"owner\",\"subject\":\"10.0.0.1\",\"change\":\"moves\","
                        + "\"before\":\"" + owner + "\",\"after\":\"" + other + "\"}],\"problems\":[]}");
        assertThat(run("plan", all, option, other, "-o", "json")).isZero();
        assertThat(json()).contains("\"changes\":[]");
    }

    @Test
    void diffSaysWhichSessionsAreResetAndByWhat() throws IOException {
        String peers =
                peer("a", "") + peer("b", "") + peer("c", "keepaliveTime: 10s, holdTime: 90s") + peer("gone", "");
        String then = peer("a", "")
                + peer("b", "password: secret, ebgpMultiHop: true")
                + peer("c", "keepaliveTime: 20s, holdTime: 90s")
                + peer("new", "");
        String nodes = node("n1") + node("n2");
        assertThat(run("plan", "--diff", file("1.yaml", nodes, peers), file("2.yaml", nodes, then), "-o", "json"))
                .isZero();
        assertThat(json())
                .startsWith("{\"changes\":[{\"what\":\"session\",\"subject\":\"bonn1,n2\",\"change\":\"resets\","
                        + "\"after\":\"ebgpMultiHop")
                .doesNotContain("secret")
                .contains("\"subject\":\"conn1,n2\",\"change\":\"goeson\",\"after\":\"keepaliveTime")
                .contains("{\"what\":\"session\",\"subject\":\"goneonn1,n2\",\"change\":\"vanishes\"}")
                .contains("{\"what\":\"session\",\"subject\":\"newonn1,n2\",\"change\":\"appears\"}")
                .doesNotContain("\"aonn1");
    }

    @Test
    void diffSaysWhichSessionsFrrResetsThoughTheNativeSpeakerDoesNot() throws IOException {
        String before = peer("a", "keepaliveTime: 10s, holdTime: 90s") + peer("b", "") + peer("c", "");
        String after = peer("a", "keepaliveTime: 20s, holdTime: 90s")
                + peer("b", "connectTime: 7s")
                + peer("c", "password: secret");
        assertThat(run("plan", "--diff", file("1.yaml", before), file("2.yaml", after), "-o", "json"))
                .isZero();
        assertThat(json())
                .contains("\"subject\":\"aonthis-host\",\"change\":\"goeson\"")
                .contains("\"subject\":\"aonthis-host\",\"change\":\"resetswithfrr\"")
                .contains("\"subject\":\"conthis-host\",\"change\":\"resets\"")
                .doesNotContain("\"subject\":\"bonthis-host\",\"change\":\"resets")
                .doesNotContain("\"subject\":\"conthis-host\",\"change\":\"resetswithfrr\"");
    }

    private static String peer(String name, String more) {
        return doc(
                "metallb.io/v1beta2",
                "BGPPeer",
                name,
                "myASN: 65001, peerASN: 65002, peerAddress: 192.168.0." + (int) name.charAt(0)
                        + (more.isEmpty() ? "" : ", " + more));
    }

    @Test
    void aNodeThatFailsTakesItsSessionsAlongAndADrainedOneKeepsThem() throws IOException {
        String all = file("all.yaml", POOL, node("n1"), node("n2"), peer("tor", ""));
        assertThat(run("plan", all, "--fail", "n1", "-o", "json")).isZero();
        assertThat(json()).contains("\"subject\":\"toronn1\",\"change\":\"vanishes\"");
        assertThat(run("plan", all, "--drain", "n1", "-o", "json")).isZero();
        assertThat(json()).contains("\"changes\":[]");
    }

    @Test
    void aLoadBalancerClassChoosesItsServicesAndNoOthers() throws IOException {
        String text = POOL
                + core("plain", "")
                + core("ours", "loadBalancerClass: example.com/herald")
                + core("others", "loadBalancerClass: example.com/other");
        String all = file("all.yaml", text);
        assertThat(run("plan", all, "-o", "json")).isZero();
        assertThat(json()).contains("default/plain").doesNotContain("default/ours", "default/others");
        assertThat(run("plan", all, "-o", "json", "--lb-class", "example.com/herald"))
                .isZero();
        assertThat(json())
                .contains("\"name\":\"default/ours\",\"addresses\":[\"10.0.0.1\"]")
                .doesNotContain("default/plain", "default/others");
        assertThat(run("plan", "--diff", all, all, "--lb-class=nobody")).isZero();
    }

    private static String core(String name, String more) {
        return doc(
                "v1",
                "Service",
                name,
                "type: LoadBalancer, clusterIP: 10.96.0.1, ports: [{port: 80}]" + (more.isEmpty() ? "" : ", " + more));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--drain", "--fail"})
    void theOnlyNodeTakesEverythingAlong(String option) throws IOException {
        assertThat(run("plan", file("all.yaml", POOL, L2, WEB), option, "this-host", "-o", "json"))
                .isZero();
        assertThat(json()).contains("\"subject\":\"10.0.0.1\",\"change\":\"vanishes\",\"before\":\"this-host\"");
    }

    @Test
    void anUnknownNodeIsWrongUsage() throws IOException {
        assertThat(run("plan", file("all.yaml", POOL), "--drain", "nobody")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("no node nobody; there are this-host");
    }

    @Test
    void validateNamesDocumentFieldValueAndRule() throws IOException {
        String wrong = doc("metallb.io/v1beta1", "IPAddressPool", "a", "addresses: [10.0.0.0/33], adresses: []");
        String file = file("wrong.yaml", L2, wrong);
        assertThat(run("validate", file)).isEqualTo(1);
        assertThat(out())
                .contains(file + "#2: error invalidCidr: IPAddressPool a: invalid CIDR \"10.0.0.0/33\"")
                .contains("unknown field spec.adresses; did you mean addresses?");
        assertThat(run("validate", file, "-o", "json")).isEqualTo(1);
        assertThat(json()).contains("\"path\":\"spec.addresses[0]\",\"value\":\"10.0.0.0/33\"");
    }

    @Test
    void validateWarnsAndStrictMakesWarningsCount() throws IOException {
        String file = file("lonely.yaml", POOL);
        assertThat(run("validate", file)).isZero();
        assertThat(out()).contains("warning poolNotAdvertised: IPAddressPool a");
        assertThat(run("validate", "--strict", file)).isEqualTo(1);
        assertThat(run("validate", "--strict", file("good.yaml", POOL, L2, WEB)))
                .isZero();
        assertThat(out()).isEqualTo("no problems\n");
    }

    @Test
    void validateReportsFaultyRequests() throws IOException {
        assertThat(run("validate", file("a.yaml", POOL, L2, service("web", "addresses: [nonsense]"))))
                .isEqualTo(1);
        assertThat(out()).contains("invalidRequestedAddress");
    }

    @Test
    void theSameObjectTwiceInOneArgumentIsAProblem() throws IOException {
        assertThat(run("validate", file("a.yaml", POOL, L2, POOL))).isEqualTo(1);
        assertThat(out()).contains("a.yaml#3: error duplicateDefinition");
        assertThat(run("validate", file("a.yaml", POOL, L2), file("b.yaml", POOL)))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "dance",
                "plan",
                "validate",
                "plan --wrong x",
                "plan x -o xml",
                "plan x -o",
                "plan x --node",
                "plan --diff x",
                "plan x --lb-class",
                "validate x --lb-class y",
                "plan x --drain a --fail b",
                "validate x --drain a",
                "plan /nowhere/at/all.yaml"
            })
    void wrongUsageIsTwoAndSaysSo(String line) {
        assertThat(run(line.isEmpty() ? new String[0] : line.split(" ", -1))).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("herald: ").contains("usage: herald plan");
        assertThat(out()).isEmpty();
    }

    @Test
    void helpIsFine() {
        assertThat(run("help")).isZero();
        assertThat(run("plan", "--help")).isZero();
        assertThat(out()).isEqualTo(Arguments.USAGE);
    }

    @Test
    void textInUtf16IsRead() throws IOException {
        Path file = directory.resolve("wide.yaml");
        Files.write(file, (POOL + L2).getBytes(StandardCharsets.UTF_16));
        assertThat(run("validate", file.toString(), "--strict")).isZero();
    }
}
