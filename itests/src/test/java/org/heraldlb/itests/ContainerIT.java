package org.heraldlb.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.systemTimeout;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.configureConsole;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.karafDistributionConfiguration;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.keepRuntimeFolder;

import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import javax.inject.Inject;
import org.apache.karaf.features.BootFinished;
import org.apache.karaf.features.Feature;
import org.apache.karaf.features.FeaturesService;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.options.extra.VMOption;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.Version;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** The distribution as it is shipped, looked at from inside. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class ContainerIT {
    private static final String OURS = "org.heraldlb.";
    private static final String PACKAGE = "osgi.wiring.package";
    private static final Set<String> SHARED =
            Set.of("org.heraldlb.api", "org.heraldlb.runtime", "org.heraldlb.manifest", "org.heraldlb.view");

    @Inject
    private BundleContext context;

    @Inject
    private FeaturesService features;

    /** Injected once Karaf has started every boot feature: no test looks before. */
    @Inject
    private BootFinished started;

    @Inject
    private ServiceComponentRuntime components;

    @Configuration
    public Option[] distribution() {
        List<Option> options = new ArrayList<>(List.of(
                karafDistributionConfiguration()
                        .frameworkUrl("file:" + System.getProperty("distribution"))
                        .name("herald")
                        .unpackDirectory(new File("target/exam"))
                        .useDeployFolder(false),
                configureConsole().ignoreLocalConsole().ignoreRemoteShell(),
                keepRuntimeFolder(),
                editConfigurationFilePut(
                        "etc/org.ops4j.pax.url.mvn.cfg",
                        "org.ops4j.pax.url.mvn.defaultRepositories",
                        "file:${karaf.home}/system@id=system@snapshots,file:"
                                + System.getProperty("org.ops4j.pax.url.mvn.localRepository")
                                + "@id=local@snapshots"),
                editConfigurationFilePut("etc/org.heraldlb.observability.cfg", "port", "0"),
                systemTimeout(120_000)));
        jvmFlags().forEach(flag -> options.add(new VMOption(flag)));
        return options.toArray(new Option[0]);
    }

    private static List<String> jvmFlags() {
        return List.of(
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--add-opens=java.base/java.net=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-exports=java.base/sun.net.www.protocol.file=ALL-UNNAMED",
                "--add-exports=java.base/sun.net.www.protocol.http=ALL-UNNAMED",
                "--add-exports=java.base/sun.net.www.protocol.https=ALL-UNNAMED",
                "--add-exports=java.base/sun.net.www.protocol.jar=ALL-UNNAMED",
                "-classpath",
                "lib/jdk9plus/*" + File.pathSeparator + "lib/boot/*");
    }

    @Test
    public void everyBundleOfOursIsActive() {
        TreeMap<String, Integer> others = new TreeMap<>();
        for (Bundle bundle : ours()) {
            if (bundle.getState() != Bundle.ACTIVE) {
                others.put(bundle.getSymbolicName(), bundle.getState());
            }
        }
        assertTrue("not active: " + others, others.isEmpty());
        assertTrue("too few of ours: " + ours(), ours().size() >= 12);
    }

    @Test
    public void everyBootFeatureIsInstalled() throws Exception {
        assertTrue(features.isInstalled(features.getFeature("herald")));
    }

    @Test
    public void noComponentWaitsForAnother() throws Exception {
        TreeSet<String> waiting = new TreeSet<>();
        awaitQuiet();
        for (ComponentDescriptionDTO description : components.getComponentDescriptionDTOs()) {
            for (ComponentConfigurationDTO found : components.getComponentConfigurationDTOs(description)) {
                if (found.state == ComponentConfigurationDTO.UNSATISFIED_REFERENCE
                        || found.state == ComponentConfigurationDTO.FAILED_ACTIVATION) {
                    waiting.add(description.name + " misses " + missing(found) + " " + found.failure);
                }
            }
        }
        assertEquals("", String.join("\n", waiting));
    }

    @Test
    public void noImplementationIsWiredToAnother() {
        TreeSet<String> crossings = new TreeSet<>();
        for (Bundle bundle : ours()) {
            for (BundleWire wire : bundle.adapt(BundleWiring.class).getRequiredWires(null)) {
                String provider = wire.getProvider().getSymbolicName();
                boolean service = wire.getCapability().getNamespace().equals("osgi.service");
                if (provider.startsWith(OURS) && !SHARED.contains(provider) && !service) {
                    crossings.add(bundle.getSymbolicName() + " -> " + provider + " " + wire.getCapability());
                }
            }
        }
        assertEquals("", String.join("\n", crossings));
    }

    @Test
    public void everyExportedPackageHasAVersion() {
        TreeSet<String> without = new TreeSet<>();
        for (Bundle bundle : ours()) {
            for (BundleCapability exported : bundle.adapt(BundleRevision.class).getDeclaredCapabilities(PACKAGE)) {
                if (Version.emptyVersion.equals(exported.getAttributes().get(Constants.VERSION_ATTRIBUTE))) {
                    without.add(exported.getAttributes().get(PACKAGE).toString());
                }
            }
        }
        assertTrue("exports without version: " + without, without.isEmpty());
    }

    /** The umbrella is taken apart first, so that each feature really goes and comes. */
    @Test
    public void aFeatureThatComesOrGoesRestartsNobodyElse() throws Exception {
        EnumSet<FeaturesService.Option> quiet = EnumSet.of(FeaturesService.Option.NoAutoRefreshBundles);
        Set<String> members = members();
        features.installFeatures(members, quiet);
        features.uninstallFeature("herald", quiet);
        TreeSet<String> gone = new TreeSet<>();
        List<String> disturbed = new ArrayList<>();
        for (String member : members) {
            disturbed.addAll(disturbedBy(member, quiet, gone));
        }
        assertEquals("", String.join("\n", disturbed));
        assertTrue("went and came: " + gone, gone.containsAll(Set.of("herald-l2", "herald-bgp", "herald-file-source")));
    }

    private List<String> disturbedBy(String member, EnumSet<FeaturesService.Option> quiet, Set<String> gone)
            throws Exception {
        String own = OURS + member.substring("herald-".length());
        ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();
        SynchronousBundleListener listener = event -> {
            String name = event.getBundle().getSymbolicName();
            if (event.getType() == BundleEvent.STOPPING && name != null && name.startsWith(OURS)) {
                if (name.equals(own)) {
                    gone.add(member);
                } else {
                    seen.add(member + " stopped " + name);
                }
            }
        };
        context.addBundleListener(listener);
        try {
            features.uninstallFeature(member, quiet);
            features.installFeature(member, quiet);
        } finally {
            context.removeBundleListener(listener);
        }
        return new ArrayList<>(seen);
    }

    /** The features that bring one bundle with its configuration, in the umbrella's order. */
    private Set<String> members() throws Exception {
        Feature umbrella = features.getFeature("herald");
        return umbrella.getDependencies().stream()
                .map(dependency -> dependency.getName())
                .filter(name -> !name.equals("herald-console"))
                .collect(Collectors.toCollection(java.util.LinkedHashSet::new));
    }

    private List<Bundle> ours() {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName() != null)
                .filter(bundle -> bundle.getSymbolicName().startsWith(OURS))
                .toList();
    }

    private static String missing(ComponentConfigurationDTO found) {
        return Arrays.stream(found.unsatisfiedReferences)
                .map(reference -> reference.name + " " + reference.target)
                .collect(Collectors.joining(", "));
    }

    /** Components come up on several threads; wait until none changes any more. */
    private void awaitQuiet() throws InterruptedException {
        for (int i = 0; i < 50 && waiting() > 0; i++) {
            Thread.sleep(100);
        }
    }

    private long waiting() {
        return components.getComponentDescriptionDTOs().stream()
                .flatMap(description -> components.getComponentConfigurationDTOs(description).stream())
                .filter(found -> found.state == ComponentConfigurationDTO.UNSATISFIED_REFERENCE)
                .count();
    }
}
