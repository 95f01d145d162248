package org.heraldlb.shell.command;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.system.SystemSnapshot;
import org.heraldlb.shell.HostEyes;
import org.heraldlb.view.Json;
import org.heraldlb.view.Lookup;
import org.heraldlb.view.VipDoctor;

/** {@code vip:doctor}. */
@Service
@Command(scope = "vip", name = "doctor", description = "Why an address can or cannot be reached, and what to do")
public final class VipDoctorCommand extends Query {

    @Reference
    HostEyes host;

    @Argument(name = "address", description = "address or service", required = true, multiValued = true)
    @Completion(ServiceCompleter.class)
    List<String> words;

    @Override
    public String execute() {
        String wanted = name(words).orElseThrow(() -> new IllegalArgumentException("which address?"));
        SystemSnapshot snapshot = view.snapshot();
        VipDoctor.Host seen = new VipDoctor.Host(host.links(), host::settings);
        List<VipDoctor> pages = addresses(snapshot, wanted).stream()
                .map(address -> VipDoctor.of(snapshot, address, seen))
                .toList();
        return json()
                ? Json.pretty(pages)
                : body(pages.stream().map(page -> page.text(paper())).collect(Collectors.joining("\n")));
    }

    private static List<IpAddress> addresses(SystemSnapshot snapshot, String wanted) {
        if (snapshot.owners().keySet().stream()
                .anyMatch(address -> address.toString().equals(wanted))) {
            return List.of(IpAddress.parse(wanted));
        }
        return Lookup.addresses(snapshot, wanted);
    }
}
