package org.heraldlb.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.manifest.CrossCheckOptions.Mode;

/** Documents in one line each, and what becomes of them. */
final class Fixture {

    static final ReadContext FILES = ReadContext.files("test");

    private Fixture() {}

    static String doc(String apiVersion, String kind, String name, String spec) {
        return "---\n{apiVersion: " + apiVersion + ", kind: " + kind + ", metadata: {name: " + name + "}, spec: " + spec
                + "}\n";
    }

    static String pool(String name, String spec) {
        return doc("metallb.io/v1beta1", "IPAddressPool", name, spec);
    }

    static String l2(String name, String spec) {
        return doc("metallb.io/v1beta1", "L2Advertisement", name, spec);
    }

    static String ad(String name, String spec) {
        return doc("metallb.io/v1beta1", "BGPAdvertisement", name, spec);
    }

    static String peer(String name, String spec) {
        return doc("metallb.io/v1beta2", "BGPPeer", name, spec);
    }

    /** A peer that is good but for {@code more}. */
    static String goodPeer(String name, String more) {
        return peer(name, "{myASN: 42, peerASN: 142, peerAddress: 1.2.3.4" + (more.isEmpty() ? "" : ", " + more) + "}");
    }

    static String bfd(String name, String spec) {
        return doc("metallb.io/v1beta1", "BFDProfile", name, spec);
    }

    static String community(String name, String... aliasThenValue) {
        List<String> aliases = new ArrayList<>();
        for (int i = 0; i < aliasThenValue.length; i += 2) {
            aliases.add("{name: \"" + aliasThenValue[i] + "\", value: \"" + aliasThenValue[i + 1] + "\"}");
        }
        return doc("metallb.io/v1beta1", "Community", name, "{communities: " + aliases + "}");
    }

    static String node(String name, String labels) {
        return "---\n{apiVersion: v1, kind: Node, metadata: {name: " + name + ", labels: " + labels + "}}\n";
    }

    static String secret(String name, String type, String key) {
        return "---\n{apiVersion: v1, kind: Secret, metadata: {name: " + name + "}, type: " + type + ", stringData: {"
                + key + ": nopass}}\n";
    }

    static Parsed parse(String text) {
        return Documents.parse(FILES, "doc.yaml", text);
    }

    static ConfigObject object(String text) {
        Parsed parsed = parse(text);
        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.objects()).hasSize(1);
        return parsed.objects().get(0);
    }

    static <T extends ConfigObject> T object(String text, Class<T> type) {
        return type.cast(object(text));
    }

    static Checked check(String text) {
        return check(text, List.of(), CrossCheckOptions.DEFAULT);
    }

    /** Problems of the documents themselves come first. */
    static Checked check(String text, List<ConfigObject> previous, CrossCheckOptions options) {
        Parsed parsed = parse(text);
        Checked checked = CrossCheck.check(parsed.objects(), previous, options);
        List<Problem> problems = new ArrayList<>(parsed.problems());
        problems.addAll(checked.problems());
        return new Checked(checked.accepted(), problems);
    }

    static List<ConfigObject> accepted(String text) {
        return accepted(text, Mode.HERALD);
    }

    static List<ConfigObject> accepted(String text, Mode mode) {
        Checked checked = check(text, List.of(), CrossCheckOptions.of(mode));
        assertThat(checked.problems()).isEmpty();
        assertThat(checked.accepted()).hasSize(parse(text).objects().size());
        return checked.accepted();
    }

    static void refused(String text, Code code, String rule) {
        refused(text, Mode.HERALD, code, rule);
    }

    /** At least one object is refused, with this code and a text that contains {@code rule}. */
    static void refused(String text, Mode mode, Code code, String rule) {
        Checked checked = check(text, List.of(), CrossCheckOptions.of(mode));
        assertThat(checked.problems()).as("problems of %s", text).anySatisfy(problem -> {
            assertThat(problem.code()).isEqualTo(code.text());
            assertThat(problem.severity()).isEqualTo(Problem.Severity.ERROR);
            assertThat(problem.text()).contains(rule);
            assertThat(problem.place().document()).startsWith("doc.yaml#");
        });
        assertThat(checked.accepted().size()).isLessThan(documents(text));
    }

    private static int documents(String text) {
        return text.split("(?m)^---$", -1).length - 1;
    }
}
