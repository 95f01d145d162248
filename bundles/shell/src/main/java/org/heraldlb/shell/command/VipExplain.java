package org.heraldlb.shell.command;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.heraldlb.api.system.SystemSnapshot;
import org.heraldlb.view.ExplanationPage;
import org.heraldlb.view.Json;
import org.heraldlb.view.Lookup;

/** {@code vip:explain}. */
@Service
@Command(scope = "vip", name = "explain", description = "Why a service has its address, and who announces it")
public final class VipExplain extends Query {

    @Argument(name = "service", description = "namespace/name, name or address", required = true, multiValued = true)
    @Completion(ServiceCompleter.class)
    List<String> words;

    @Override
    public String execute() {
        SystemSnapshot snapshot = view.snapshot();
        String service = name(words).orElseThrow(() -> new IllegalArgumentException("which service or address?"));
        List<ExplanationPage> pages = Lookup.services(snapshot, service).stream()
                .map(snapshot.explainer()::explain)
                .flatMap(Optional::stream)
                .map(ExplanationPage::of)
                .toList();
        return json() ? Json.pretty(pages) : text(pages);
    }

    private String text(List<ExplanationPage> pages) {
        return body(pages.stream().map(page -> page.text(paper())).collect(Collectors.joining("\n")));
    }
}
