package org.heraldlb.filesource.directory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DocumentNamesTest {

    @ParameterizedTest
    @ValueSource(strings = {"a.yaml", "a.yml", "a.json", "A.YAML", "a.b.yaml", "10 pools.yaml", "ä.yaml", "a#.yaml"})
    void documentsAreKnownByTheirEnding(String name) {
        assertThat(DocumentNames.isDocument(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.yaml~",
                "a.yaml.swp",
                ".a.yaml.swp",
                ".a.yaml.swx",
                "4913",
                "#a.yaml#",
                ".#a.yaml",
                "a.yaml.bak",
                "a.yaml.tmp",
                ".a.yaml",
                "..data",
                "..2026_01_01_00_00_00.1",
                "~a.yaml",
                "a",
                "yaml",
                ".yaml",
                "",
                "a.yaml.rpmsave",
                "a.yaml.dpkg-new",
                ".goutputstream-ABC",
                ".nfs0001",
                "a.txt",
                "__.yaml.part"
            })
    void whatEditorsAndMountsLeaveBehindIsNoDocument(String name) {
        assertThat(DocumentNames.isDocument(name)).isFalse();
    }
}
