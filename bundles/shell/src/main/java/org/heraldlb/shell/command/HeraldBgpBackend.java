package org.heraldlb.shell.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.heraldlb.shell.BgpBackends;
import org.heraldlb.view.Json;

/** {@code herald:bgp-backend}. */
@Service
@Command(
        scope = "herald",
        name = "bgp-backend",
        description = "Which BGP backend announces, or another one from now on")
public final class HeraldBgpBackend extends Query {

    @Reference
    BgpBackends backends;

    @Argument(name = "NAME", description = "native, frr, shadow, or that of another bundle", multiValued = true)
    @Completion(BgpBackendCompleter.class)
    List<String> names;

    @Override
    public String execute() {
        Optional<String> wanted = name(names);
        try {
            if (wanted.isPresent()) {
                return choose(wanted.get());
            }
            String target = backends.target();
            if (json()) {
                return Json.pretty(Map.of("backends", backends.names(), "target", target));
            }
            return "installed: " + String.join(", ", backends.names()) + "\n"
                    + (target.isEmpty() ? "no target: the highest ranked one announces" : "target: " + target);
        } catch (IOException failure) {
            throw new UncheckedIOException("Config Admin does not answer", failure);
        }
    }

    private String choose(String name) throws IOException {
        if (!backends.names().contains(name)) {
            throw new IllegalArgumentException("there is no BGP backend \"" + name + "\", only "
                    + String.join(", ", backends.names())
                    + (name.equals("frr") || name.equals("shadow") ? "; feature:install herald-" + name : ""));
        }
        backends.choose(name);
        return json()
                ? Json.pretty(Map.of("backends", backends.names(), "target", backends.target()))
                : name + " announces from now on; bgp:peers shows its sessions";
    }
}
