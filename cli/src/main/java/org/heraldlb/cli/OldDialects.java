package org.heraldlb.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.heraldlb.manifest.tree.DocumentText;
import org.heraldlb.manifest.tree.TreeException;

/**
 * What MetalLB read before its present kinds: {@code AddressPool} (until 0.13) and the ConfigMap {@code config} (until
 * 0.12), as the documents that mean the same today. Pure.
 */
final class OldDialects {

    private static final String BETA1 = "metallb.io/v1beta1";
    private static final Pattern DASH = Pattern.compile("-([a-z0-9])");

    /** Where a dash and a capital letter do not mean the same. */
    private static final Map<String, String> SPELLED = Map.ofEntries(
            Map.entry("my-asn", "myASN"),
            Map.entry("peer-asn", "peerASN"),
            Map.entry("router-id", "routerID"),
            Map.entry("ebgp-multihop", "ebgpMultiHop"),
            Map.entry("avoid-buggy-ips", "avoidBuggyIPs"),
            Map.entry("localpref", "localPref"));

    private OldDialects() {}

    static boolean isAddressPool(Tree tree) {
        return tree.group().equals("metallb.io") && tree.kind().equals("AddressPool");
    }

    static boolean isConfigMap(Tree tree) {
        return tree.kind().equals("ConfigMap")
                && tree.name().equals("config")
                && config(tree).isPresent();
    }

    /** Present documents of {@code old}, a pool or a ConfigMap. */
    static List<Tree> convert(Tree old) {
        if (isAddressPool(old)) {
            return pool(old, old.name(), old.child("spec"));
        }
        Tree config = config(old).orElseThrow();
        List<Tree> converted = new ArrayList<>();
        config.children("address-pools")
                .forEach(pool -> converted.addAll(pool(old, pool.text("name").orElse("pool"), camel(pool))));
        int count = 0;
        for (Tree peer : config.children("peers")) {
            converted.add(object(
                    old,
                    "metallb.io/v1beta2",
                    "BGPPeer",
                    "peer" + ++count,
                    camel(peer).fields()));
        }
        for (Tree profile : config.children("bfd-profiles")) {
            Map<String, Object> spec = camel(profile).fields();
            spec.remove("name");
            converted.add(object(old, BETA1, "BFDProfile", profile.text("name").orElse(""), spec));
        }
        communities(old, config.child("bgp-communities")).ifPresent(converted::add);
        return converted;
    }

    private static Optional<Tree> config(Tree map) {
        try {
            String text = map.child("data").text("config").orElse("");
            var documents = DocumentText.split(text);
            Optional<Tree> tree = documents.hasNext()
                    ? Tree.of(map.document(), documents.next().trees().get(0))
                    : Optional.empty();
            return tree.filter(found -> found.has("address-pools") || found.has("peers"));
        } catch (TreeException broken) {
            return Optional.empty();
        }
    }

    private static Optional<Tree> communities(Tree old, Tree aliases) {
        List<Map<String, Object>> all = new ArrayList<>();
        aliases.fields().forEach((name, value) -> all.add(Map.of("name", name, "value", String.valueOf(value))));
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of(object(old, BETA1, "Community", "communities", Map.of("communities", all)));
    }

    private static List<Tree> pool(Tree old, String name, Tree spec) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (String key : List.of("addresses", "autoAssign", "avoidBuggyIPs")) {
            if (spec.has(key)) {
                fields.put(key, spec.fields().get(key));
            }
        }
        List<Tree> converted = new ArrayList<>();
        converted.add(object(old, BETA1, "IPAddressPool", name, fields));
        if (spec.text("protocol").orElse("").equals("layer2")) {
            converted.add(object(old, BETA1, "L2Advertisement", name, Map.of("ipAddressPools", List.of(name))));
            return converted;
        }
        List<Tree> advertisements = spec.children("bgpAdvertisements");
        if (advertisements.isEmpty()) {
            advertisements = List.of(new Tree(old.document(), new LinkedHashMap<>()));
        }
        for (int i = 0; i < advertisements.size(); i++) {
            Map<String, Object> advertisement =
                    new LinkedHashMap<>(advertisements.get(i).fields());
            advertisement.put("ipAddressPools", List.of(name));
            converted.add(object(old, BETA1, "BGPAdvertisement", i == 0 ? name : name + "-" + (i + 1), advertisement));
        }
        return converted;
    }

    private static Tree object(Tree old, String version, String kind, String name, Map<String, Object> spec) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("apiVersion", version);
        fields.put("kind", kind);
        String namespace = old.namespace().isEmpty() ? "metallb-system" : old.namespace();
        fields.put("metadata", Map.of("name", name, "namespace", namespace));
        fields.put("spec", spec);
        return new Tree(old.document(), fields);
    }

    /** {@code hold-time} is {@code holdTime} today, everywhere but in labels. */
    private static Tree camel(Tree tree) {
        Map<String, Object> fields = new LinkedHashMap<>();
        tree.fields()
                .forEach((key, value) -> fields.put(camel(key), key.equals("match-labels") ? value : camel(value)));
        return new Tree(tree.document(), fields);
    }

    private static Object camel(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(OldDialects::camel).toList();
        }
        return Tree.of("", value).<Object>map(tree -> camel(tree).fields()).orElse(value);
    }

    private static String camel(String key) {
        String spelled = SPELLED.get(key);
        return spelled != null
                ? spelled
                : DASH.matcher(key).replaceAll(found -> found.group(1).toUpperCase(Locale.ROOT));
    }
}
