package org.heraldlb.itests;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may import whom, held against the compiled classes of every bundle. */
final class LayeringTest {
    private static final String ROOT = "org.heraldlb.";

    /** What every bundle may use: the contracts and the plain libraries. */
    private static final Set<String> SHARED = Set.of("api", "runtime", "manifest", "view");

    /** Packages whose whole content is a function of its arguments. */
    private static final String[] PURE = {
        "org.heraldlb..packet..",
        "org.heraldlb..fsm..",
        "org.heraldlb..rib..",
        "org.heraldlb..election..",
        "org.heraldlb..elect..",
        "org.heraldlb..alloc..",
        "org.heraldlb..plan..",
        "org.heraldlb..merge..",
        "org.heraldlb.manifest..",
        "org.heraldlb.api.."
    };

    private static final String[] IMPURE = {
        "org.osgi.framework..",
        "org.osgi.service..",
        "org.slf4j..",
        "java.nio.channels..",
        "java.util.concurrent.locks..",
        "io.netty..",
        "org.pcap4j..",
        "com.sun.jna.."
    };

    private static final Set<String> VALUES = Set.of("PersistentMap", "Diff", "Backoff");

    private static final DescribedPredicate<JavaClass> ARE_PURE = belongTo(
            "a pure package",
            JavaClass.Predicates.resideInAnyPackage(PURE)
                    .and(DescribedPredicate.not(JavaClass.Predicates.resideInAPackage("org.heraldlb.hostlinux.."))));

    private static JavaClasses classes;

    @BeforeAll
    static void importEverything() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(location -> !location.contains("/itests/"))
                .importPackages("org.heraldlb");
    }

    private static DescribedPredicate<JavaClass> belongTo(String what, Predicate<JavaClass> members) {
        return DescribedPredicate.describe("belong to " + what, members);
    }

    private static String bundleOf(JavaClass type) {
        String rest = type.getPackageName().substring(ROOT.length());
        int dot = rest.indexOf('.');
        return dot < 0 ? rest : rest.substring(0, dot);
    }

    private static boolean isOurs(JavaClass type) {
        return type.getPackageName().startsWith(ROOT);
    }

    private static Set<String> bundles() {
        return classes.stream()
                .filter(LayeringTest::isOurs)
                .map(LayeringTest::bundleOf)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void theClassesOfEveryBundleAreLookedAt() {
        assertThat(bundles()).contains("api", "runtime", "manifest", "core", "ipam", "hostlinux", "filesource");
    }

    @Test
    void noImplementationImportsAnother() {
        List<String> crossings = classes.stream()
                .filter(LayeringTest::isOurs)
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(dependency -> isOurs(dependency.getTargetClass()))
                .filter(dependency -> !SHARED.contains(bundleOf(dependency.getTargetClass())))
                .filter(dependency ->
                        !bundleOf(dependency.getOriginClass()).equals(bundleOf(dependency.getTargetClass())))
                .map(dependency -> dependency.getDescription())
                .sorted()
                .toList();

        assertThat(crossings).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"api", "runtime", "manifest"})
    void aSharedLibraryKnowsNoImplementation(String library) {
        Set<String> others = new TreeSet<>(bundles());
        others.removeAll(SHARED);
        String[] packages = others.stream().map(name -> ROOT + name + "..").toArray(String[]::new);

        noClasses()
                .that()
                .resideInAPackage(ROOT + library + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages)
                .check(classes);
    }

    @Test
    void theApiDependsOnNothingOfOurs() {
        noClasses()
                .that()
                .resideInAPackage("org.heraldlb.api..")
                .should()
                .dependOnClassesThat(new DescribedPredicate<JavaClass>("are ours and not the API's") {
                    @Override
                    public boolean test(JavaClass type) {
                        return isOurs(type) && !bundleOf(type).equals("api");
                    }
                })
                .check(classes);
    }

    @Test
    void purePackagesKnowNoContainerNoSocketsNoThreads() {
        noClasses()
                .that(ARE_PURE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(IMPURE)
                .check(classes);
        noClasses()
                .that(ARE_PURE)
                .should()
                .dependOnClassesThat(belongTo("a thread, a socket or a loop", LayeringTest::acts))
                .check(classes);
    }

    private static boolean acts(JavaClass type) {
        boolean ofTheRuntime = type.getPackageName().equals("org.heraldlb.runtime") && !isValue(type);
        return ofTheRuntime || type.isAssignableTo(Thread.class) || type.isAssignableTo(java.net.Socket.class);
    }

    /** The runtime also holds data structures; they are as pure as java.util. */
    private static boolean isValue(JavaClass type) {
        return VALUES.contains(type.getName().replaceAll(".*\\.|\\$.*", ""));
    }

    @Test
    void onlyTheRuntimeReadsTheClock() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.heraldlb.runtime..")
                .should()
                .callMethodWhere(new DescribedPredicate<JavaMethodCall>("reads the clock") {
                    @Override
                    public boolean test(JavaMethodCall call) {
                        return isClockRead(call.getTargetOwner().getName(), call.getName());
                    }
                })
                .check(classes);
    }

    private static boolean isClockRead(String owner, String method) {
        boolean system = owner.equals("java.lang.System")
                && Set.of("nanoTime", "currentTimeMillis").contains(method);
        boolean instant = owner.startsWith("java.time.") && method.equals("now");
        return system || instant;
    }

    @Test
    void nobodyLocksOutsideTheRuntime() {
        methods()
                .that()
                .areDeclaredInClassesThat()
                .resideOutsideOfPackage("org.heraldlb.runtime..")
                .should()
                .notHaveModifier(JavaModifier.SYNCHRONIZED)
                .check(classes);
        noClasses()
                .that()
                .resideOutsideOfPackage("org.heraldlb.runtime..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.concurrent.locks..")
                .check(classes);
    }

    @Test
    void nothingStaticChanges() {
        noFields()
                .that()
                .areStatic()
                .and()
                .areNotFinal()
                .and()
                .doNotHaveModifier(JavaModifier.SYNTHETIC)
                .should()
                .beDeclaredInClassesThat()
                .resideInAPackage("org.heraldlb..")
                .allowEmptyShould(true)
                .check(classes);
    }

    @Test
    void namesSayWhatAClassIs() {
        noClasses()
                .should()
                .haveNameMatching(".*(Manager|Helper|Utils?|Impl|Base)")
                .check(classes);
    }

    @Test
    void componentsAreInternal() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..internal..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.osgi.framework..")
                .check(classes);
    }
}
