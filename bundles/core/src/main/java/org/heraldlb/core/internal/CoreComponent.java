package org.heraldlb.core.internal;

import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import java.util.Map;
import java.util.function.Consumer;
import org.heraldlb.api.Registration;
import org.heraldlb.api.bgp.BgpAnnouncer;
import org.heraldlb.api.bgp.BgpControl;
import org.heraldlb.api.host.HealthChecker;
import org.heraldlb.api.host.HostAddressAnnouncer;
import org.heraldlb.api.host.LinkMonitor;
import org.heraldlb.api.intent.IntentSource;
import org.heraldlb.api.ipam.AllocationRole;
import org.heraldlb.api.ipam.Ipam;
import org.heraldlb.api.l2.L2Announcer;
import org.heraldlb.api.member.Membership;
import org.heraldlb.api.system.NodeIdentity;
import org.heraldlb.api.system.SystemSnapshot;
import org.heraldlb.api.system.SystemView;
import org.heraldlb.core.CoreLoop;
import org.heraldlb.core.Rank;
import org.heraldlb.runtime.ThreadEventLoop;
import org.heraldlb.runtime.Ticker;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.metatype.annotations.Designate;

/** The core in the container: every bind and unbind only posts to the loop. */
@Component(service = SystemView.class, immediate = true, configurationPid = "org.heraldlb.core")
@Designate(ocd = CoreConfig.class)
public final class CoreComponent implements SystemView {

    private final CoreLoop core;
    private final Best<Ipam> ipam;
    private final Best<NodeIdentity> identity;
    private final Best<HealthChecker> checker;
    private final Best<LinkMonitor> links;
    private final Best<Membership> members;
    private final Best<ServiceComponentRuntime> components;
    private final Best<AllocationRole> role;
    private final Doors doors;

    /** DS binds the references that are there after this and before {@link #start}. */
    @Activate
    public CoreComponent(CoreConfig config, BundleContext context) {
        core = new CoreLoop(ThreadEventLoop.start("core", Ticker.SYSTEM), CoreSettingsReader.read(config));
        doors = new Doors(context, core);
        role = new Best<>(core::allocationRole);
        ipam = new Best<>(core::ipam);
        identity = new Best<>(core::identity);
        checker = new Best<>(core::healthChecker);
        links = new Best<>(core::linkMonitor);
        members = new Best<>(core::membership);
        components = new Best<>(scr -> core.components(scr == null ? null : () -> UnsatisfiedComponents.of(scr)));
    }

    @Activate
    void start() {
        core.start();
        doors.open();
    }

    @Modified
    void modified(CoreConfig config) {
        core.settings(CoreSettingsReader.read(config));
    }

    @Deactivate
    void close() {
        doors.close();
        core.close();
    }

    @Override
    public SystemSnapshot current() {
        return core.view().current();
    }

    @Override
    public Registration observe(Consumer<? super SystemSnapshot> observer) {
        return core.view().observe(observer);
    }

    private static Rank rank(Map<String, ?> properties) {
        int ranking = properties.get(Constants.SERVICE_RANKING) instanceof Integer given ? given : 0;
        return new Rank(ranking, (Long) properties.get(Constants.SERVICE_ID));
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    void bindSource(IntentSource source, Map<String, ?> properties) {
        Object given = properties.get(IntentSource.PRECEDENCE);
        core.addSource(rank(properties), source, given instanceof Number number ? number.intValue() : 0);
    }

    void unbindSource(IntentSource source, Map<String, ?> properties) {
        core.removeSource(rank(properties));
    }

    @Reference(name = "layer2Announcer", cardinality = MULTIPLE, policy = DYNAMIC)
    void bindL2(L2Announcer announcer, Map<String, ?> properties) {
        core.addL2(rank(properties), announcer, Map.copyOf(properties));
    }

    void unbindL2(L2Announcer announcer, Map<String, ?> properties) {
        core.removeL2(rank(properties));
    }

    @Reference(name = "bgpAnnouncer", cardinality = MULTIPLE, policy = DYNAMIC)
    void bindBgp(BgpAnnouncer announcer, Map<String, ?> properties) {
        core.addBgp(rank(properties), announcer, Map.copyOf(properties));
    }

    void unbindBgp(BgpAnnouncer announcer, Map<String, ?> properties) {
        core.removeBgp(rank(properties));
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    void bindBgpControl(BgpControl control, Map<String, ?> properties) {
        core.addBgpControl(rank(properties), control);
    }

    void unbindBgpControl(BgpControl control, Map<String, ?> properties) {
        core.removeBgpControl(rank(properties));
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    void bindHostAddresses(HostAddressAnnouncer announcer, Map<String, ?> properties) {
        core.addHostAddresses(rank(properties), announcer, Map.copyOf(properties));
    }

    void unbindHostAddresses(HostAddressAnnouncer announcer, Map<String, ?> properties) {
        core.removeHostAddresses(rank(properties));
    }

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    void bindIpam(Ipam service) {
        ipam.set(service);
    }

    void unbindIpam(Ipam service) {
        ipam.unset(service);
    }

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    void bindRole(AllocationRole service) {
        role.set(service);
    }

    void unbindRole(AllocationRole service) {
        role.unset(service);
    }

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    void bindIdentity(NodeIdentity service) {
        identity.set(service);
    }

    void unbindIdentity(NodeIdentity service) {
        identity.unset(service);
    }

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    void bindChecker(HealthChecker service) {
        checker.set(service);
    }

    void unbindChecker(HealthChecker service) {
        checker.unset(service);
    }

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    void bindLinks(LinkMonitor service) {
        links.set(service);
    }

    void unbindLinks(LinkMonitor service) {
        links.unset(service);
    }

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    void bindMembers(Membership service) {
        members.set(service);
    }

    void unbindMembers(Membership service) {
        members.unset(service);
    }

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    void bindComponents(ServiceComponentRuntime service) {
        components.set(service);
    }

    /** Called when the runtime's change count grows. */
    void updatedComponents(ServiceComponentRuntime service) {
        core.componentsChanged();
    }

    void unbindComponents(ServiceComponentRuntime service) {
        components.unset(service);
    }
}
