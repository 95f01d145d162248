package org.heraldlb.k8swebhook;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.heraldlb.api.SnapshotSource;
import org.heraldlb.api.intent.IntentFragment;
import org.heraldlb.api.kubernetes.ApiServer;
import org.heraldlb.k8swebhook.certificate.Maker;
import org.heraldlb.k8swebhook.certificate.Policy;
import org.heraldlb.k8swebhook.certificate.Renewal;
import org.heraldlb.k8swebhook.door.Desk;
import org.heraldlb.k8swebhook.door.Door;
import org.heraldlb.k8swebhook.keeper.CertificateKeeper;
import org.heraldlb.k8swebhook.keeper.Certificates;
import org.heraldlb.k8swebhook.keeper.GivenFiles;
import org.heraldlb.k8swebhook.keeper.OwnCertificates;
import org.heraldlb.k8swebhook.keeper.SecretStore;
import org.heraldlb.k8swebhook.keeper.StateStore;
import org.heraldlb.k8swebhook.keeper.Store;
import org.heraldlb.k8swebhook.keeper.Trust;
import org.heraldlb.k8swebhook.review.Cluster;
import org.heraldlb.k8swebhook.review.Validation;
import org.heraldlb.manifest.CrossCheckOptions.Mode;
import org.heraldlb.manifest.ReadContext;
import org.heraldlb.runtime.EventLoop;
import org.heraldlb.runtime.ThreadEventLoop;
import org.heraldlb.runtime.Ticker;

/** The whole webhook: a door, a desk behind it, and the keeper of the certificate. */
public final class Webhook implements AutoCloseable {

    private static final Duration LONGEST_PERIOD = Duration.ofMinutes(1);
    private static final int LOOKS_IN_A_LIFE = 20;

    /**
     * @param address where the door is
     * @param context how the Kubernetes source reads documents
     * @param mode how core checks them
     * @param keeping where the certificate comes from
     */
    public record Settings(InetSocketAddress address, ReadContext context, Mode mode, Keeping keeping) {}

    /** Where the certificate comes from. */
    public sealed interface Keeping permits Given, Own {}

    /** Somebody else makes it. */
    public record Given(Path certificate, Path key) implements Keeping {}

    /**
     * We make it.
     *
     * @param file holds it when it is not to be in a Secret; empty otherwise
     * @param secret the name of the Secret
     * @param configuration the ValidatingWebhookConfiguration whose caBundle is ours
     * @param definition the CustomResourceDefinition whose conversion's caBundle is ours
     * @param names of the server
     */
    public record Own(
            Optional<Path> file,
            String secret,
            String configuration,
            String definition,
            List<String> names,
            Duration servingLife,
            Duration authorityLife)
            implements Keeping {}

    /** Id of the source that has the webhook's problems and no objects. */
    public static final String SOURCE = "k8s-webhook";

    private final Door door;
    private final CertificateKeeper keeper;
    private final SnapshotSource<IntentFragment> problems;

    private Webhook(Door door, CertificateKeeper keeper, SnapshotSource<IntentFragment> problems) {
        this.door = door;
        this.keeper = keeper;
        this.problems = problems;
    }

    /** Starts everything; returns at once. {@code cluster} is asked on a thread of the webhook. */
    public static Webhook start(Settings settings, ApiServer server, Supplier<Cluster> cluster) {
        Desk desk = new Desk(
                ThreadEventLoop.start("herald-webhook-reviews", Ticker.SYSTEM),
                new Validation(settings.context(), settings.mode()),
                cluster);
        EventLoop keeping = ThreadEventLoop.start("herald-webhook-certificate", Ticker.SYSTEM);
        Complaints complaints = new Complaints(keeping, SOURCE);
        Door door = new Door(
                ThreadEventLoop.start("herald-webhook-open", Ticker.SYSTEM),
                settings.address(),
                desk,
                complaints.of("door"));
        CertificateKeeper keeper = CertificateKeeper.start(
                keeping,
                certificates(settings, server),
                period(settings.keeping()),
                door::serve,
                complaints.of("certificate"));
        return new Webhook(door, keeper, complaints.fragment());
    }

    /** What does not work; no objects. */
    public SnapshotSource<IntentFragment> problems() {
        return problems;
    }

    private static Certificates certificates(Settings settings, ApiServer server) {
        if (settings.keeping() instanceof Given given) {
            return new GivenFiles(given.certificate(), given.key());
        }
        Own own = (Own) settings.keeping();
        Policy policy = Policy.of(own.names(), own.servingLife(), own.authorityLife());
        Store store = own.file().isPresent()
                ? new StateStore(own.file().get())
                : new SecretStore(server, settings.context().metallbNamespace(), own.secret());
        return new OwnCertificates(
                store,
                new Renewal(policy, new Maker(policy)),
                new Trust(server, own.configuration(), own.definition()));
    }

    private static Duration period(Keeping keeping) {
        if (!(keeping instanceof Own own)) {
            return LONGEST_PERIOD.dividedBy(LOOKS_IN_A_LIFE * 2);
        }
        Duration part = own.servingLife().dividedBy(LOOKS_IN_A_LIFE);
        return part.compareTo(LONGEST_PERIOD) < 0 ? part : LONGEST_PERIOD;
    }

    /** The port that is open, 0 while there is none. */
    public int port() {
        return door.port();
    }

    @Override
    public void close() {
        keeper.close();
        door.close();
    }
}
