package org.heraldlb.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with a document, no problem shows a password. */
final class SecretsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password: 12345",
                "password: [hunter2]",
                "passwrd: hunter2",
                "pasword: hunter2",
                "pw: hunter2",
                "passwordSecret: hunter2",
                "passwordSecret: {nme: hunter2}",
            })
    void ofAPeer(String field) {
        Parsed parsed = Fixture.parse("apiVersion: metallb.io/v1beta2\nkind: BGPPeer\nmetadata: {name: tor}\n"
                + "spec:\n  myASN: 1\n  peerASN: 2\n  peerAddress: 192.0.2.1\n  " + field + "\n");
        assertThat(parsed.problems()).isNotEmpty();
        assertThat(parsed.toString()).doesNotContain("hunter2").doesNotContain("12345");
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: {password: 'not base64: hunter2'}", "data: hunter2", "data: {password: [hunter2]}"})
    void ofASecret(String field) {
        Parsed parsed = Fixture.parse("apiVersion: v1\nkind: Secret\nmetadata: {name: bgp}\n"
                + "type: kubernetes.io/basic-auth\n" + field + "\n");
        assertThat(parsed.toString()).doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "authentication: hunter2",
                "authentication: [hunter2]",
                "authentication: {type: keyed-md5, key: 12345}",
                "authentication: {type: keyed-md5, key: hunter2hunter2hunter2}",
                "authentication: {type: keyed-md5, kye: hunter2}",
                "authentication: {type: keyed-md5, keySecret: hunter2}",
                "authentication: {type: keyed-md5, key: hunter2, keySecret: {name: s}}",
                "authentication: {type: keyed-md6, key: hunter2}",
                "key: hunter2",
            })
    void ofABfdProfile(String field) {
        Parsed parsed = Fixture.parse(
                "apiVersion: heraldlb.org/v1\nkind: BFDProfile\nmetadata: {name: b}\nspec:\n  " + field + "\n");
        assertThat(parsed.problems()).isNotEmpty();
        assertThat(parsed.toString()).doesNotContain("hunter2").doesNotContain("12345");
    }
}
