package org.heraldlb.shell.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.heraldlb.testkit.Intents.intent;
import static org.heraldlb.testkit.Intents.pool;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.heraldlb.api.system.SystemSnapshot;
import org.heraldlb.shell.NodeView;
import org.heraldlb.testkit.SnapshotBuilder;
import org.heraldlb.view.Status;
import org.junit.jupiter.api.Test;

class CompletersTest {

    private static final NodeView VIEW = new NodeView() {
        @Override
        public SystemSnapshot snapshot() {
            return new SnapshotBuilder(1, "one")
                    .intent(intent().with(pool("lab", "192.0.2.0/30").build()).build())
                    .allocation("web", "lab", "192.0.2.1")
                    .allocation("mail", "lab", "192.0.2.2")
                    .build();
        }

        @Override
        public Status status() {
            return Status.of(snapshot(), List.of());
        }
    };

    private static List<String> complete(Completer completer, String typed) {
        Map<String, Object> line = Map.of(
                "getCursorArgument", typed,
                "getArgumentPosition", typed.length(),
                "getBufferPosition", typed.length());
        CommandLine commandLine = (CommandLine) Proxy.newProxyInstance(
                CompletersTest.class.getClassLoader(),
                new Class<?>[] {CommandLine.class},
                (proxy, method, arguments) -> line.get(method.getName()));
        List<String> candidates = new ArrayList<>();
        completer.complete(Sessions.with(Map.of()), commandLine, candidates);
        return candidates.stream().map(String::strip).toList();
    }

    @Test
    void servicesAndTheirAddressesAreOffered() {
        ServiceCompleter completer = new ServiceCompleter();
        completer.view = VIEW;
        assertThat(complete(completer, "default/w")).containsExactly("default/web");
        assertThat(complete(completer, "192")).containsExactly("192.0.2.1", "192.0.2.2");
    }

    @Test
    void poolsAreOffered() {
        PoolCompleter completer = new PoolCompleter();
        completer.view = VIEW;
        assertThat(complete(completer, "")).containsExactly("lab");
    }
}
