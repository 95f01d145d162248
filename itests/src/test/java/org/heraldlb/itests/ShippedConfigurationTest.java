package org.heraldlb.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A bundle that gains a configuration or a folder must not be forgotten where features are written by hand. */
final class ShippedConfigurationTest {
    private static final Path ROOT = Path.of("..");

    @Test
    void everyDefaultConfigurationIsPutIntoEtcByItsFeature() throws IOException {
        String descriptor = Files.readString(ROOT.resolve("features/src/main/feature/feature.xml"));

        assertThat(configurations()).isNotEmpty().allSatisfy(name -> assertThat(descriptor)
                .contains("finalname=\"/etc/" + name + "\""));
    }

    /** File Install takes what stands before the first hyphen for a factory, and nobody would be configured. */
    @Test
    void noDefaultConfigurationIsTakenForAFactorys() throws IOException {
        assertThat(configurations()).allSatisfy(name -> assertThat(name).doesNotContain("-"));
    }

    @Test
    void everyBundleHasAFeature() throws IOException {
        String descriptor = Files.readString(ROOT.resolve("features/src/main/feature/feature.xml"));

        assertThat(bundles()).isNotEmpty().allSatisfy(name -> assertThat(descriptor)
                .contains("mvn:org.heraldlb/" + name + "/${project.version}</bundle>"));
    }

    private static List<String> configurations() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve("bundles"))) {
            return files.filter(file -> file.getParent().endsWith("src/main/cfg"))
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }

    private static List<String> bundles() throws IOException {
        try (Stream<Path> folders = Files.list(ROOT.resolve("bundles"))) {
            return folders.filter(folder -> Files.exists(folder.resolve("pom.xml")))
                    .map(folder -> folder.getFileName().toString())
                    .toList();
        }
    }
}
