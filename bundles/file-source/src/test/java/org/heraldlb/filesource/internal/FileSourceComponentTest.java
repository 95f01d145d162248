package org.heraldlb.filesource.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.heraldlb.api.Registration;
import org.heraldlb.api.intent.IntentFragment;
import org.heraldlb.runtime.Ticker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything real: documents, inotify, the loop's thread. */
final class FileSourceComponentTest {

    private static final String POOL = """
            apiVersion: metallb.io/v1beta1
            kind: IPAddressPool
            metadata:
              name: %s
            spec:
              addresses: ["%s"]
            """;

    @TempDir
    Path directory;

    private final BlockingQueue<IntentFragment> fragments = new LinkedBlockingQueue<>();

    private IntentFragment await(Predicate<IntentFragment> expected) throws InterruptedException {
        IntentFragment fragment;
        do {
            fragment = fragments.poll(10, TimeUnit.SECONDS);
            assertThat(fragment).as("a fragment").isNotNull();
        } while (!expected.test(fragment));
        return fragment;
    }

    @Test
    void changesActWithinASecondOfTheWrite() throws IOException, InterruptedException {
        Path file = directory.resolve("pools.yaml");
        Files.writeString(file, POOL.formatted("a", "192.0.2.0/28"));
        FileSourceComponent source = new FileSourceComponent(config());
        try (Registration observation = source.observe(fragments::add)) {
            await(IntentFragment::synced);
            for (int i = 0; i < 5; i++) {
                String name = "pool" + i;
                long start = Ticker.SYSTEM.nanos();
                Files.writeString(file, POOL.formatted(name, "192.0.2.0/28"));
                await(fragment -> fragment.objects().size() == 1
                        && fragment.objects().get(0).name().equals(name));
                assertThat(Ticker.SYSTEM.nanos() - start).isLessThan(TimeUnit.SECONDS.toNanos(1));
            }
        } finally {
            source.close();
        }
    }

    @Test
    void aBadDocumentIsAProblemWithPlaceAndRule() throws IOException, InterruptedException {
        Path file = directory.resolve("pools.yaml");
        Files.writeString(file, POOL.formatted("a", "192.0.2.0/28"));
        FileSourceComponent source = new FileSourceComponent(config());
        try (Registration observation = source.observe(fragments::add)) {
            await(IntentFragment::synced);
            Files.writeString(file, "---\n" + POOL.formatted("b", "192.0.2.0/99"), StandardOpenOption.APPEND);
            IntentFragment fragment = await(now -> !now.problems().isEmpty());
            assertThat(fragment.objects()).singleElement().extracting("name").isEqualTo("a");
            assertThat(fragment.problems().get(0).place().document()).isEqualTo("pools.yaml#2");
            assertThat(fragment.problems().get(0).place().path()).isEqualTo("spec.addresses[0]");
            assertThat(fragment.problems().get(0).place().value()).isEqualTo("192.0.2.0/99");
        } finally {
            source.close();
        }
    }

    @SuppressWarnings("BadAnnotationImplementation")
    private FileSourceConfig config() {
        return new FileSourceConfig() {
            @Override
            public String directory() {
                return directory.toString();
            }

            @Override
            public String id() {
                return "file";
            }

            @Override
            public int source_precedence() {
                return 100;
            }

            @Override
            public int poll_millis() {
                return 500;
            }

            @Override
            public int settle_millis() {
                return 100;
            }

            @Override
            public int file_max_bytes() {
                return 1_000_000;
            }

            @Override
            public Class<? extends Annotation> annotationType() {
                return FileSourceConfig.class;
            }
        };
    }
}
