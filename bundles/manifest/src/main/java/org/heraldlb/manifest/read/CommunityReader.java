package org.heraldlb.manifest.read;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.heraldlb.api.intent.CommunityAliases;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.manifest.Code;
import org.heraldlb.manifest.CommunityText;

/** {@code Community}. */
final class CommunityReader {

    private CommunityReader() {}

    static ConfigObject read(Source source) {
        Map<String, String> values = new TreeMap<>();
        try (Fields spec = source.optionalSpec()) {
            for (Fields alias : spec.objects("communities")) {
                try (alias) {
                    read(alias, values);
                }
            }
        }
        return new CommunityAliases(source.ref(), source.origin(), values);
    }

    private static void read(Fields alias, Map<String, String> values) {
        Optional<String> name = alias.required("name", "an alias has a name");
        Optional<String> value = alias.required("value", "an alias stands for a community");
        value.ifPresent(text -> alias.convert(Code.INVALID_COMMUNITY, alias.path("value"), text, CommunityText::parse));
        if (name.isPresent() && values.put(name.get(), value.orElse("")) != null) {
            alias.findings()
                    .error(
                            Code.DUPLICATE_ALIAS,
                            alias.path("name"),
                            name.get(),
                            "duplicate definition of community \"" + name.get() + "\"");
        }
    }
}
