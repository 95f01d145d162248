package org.heraldlb.k8ssource.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ClientKeyTest {

    @ParameterizedTest
    @ValueSource(strings = {"RSA/2048", "EC/secp256r1", "EC/secp384r1", "EC/secp521r1", "Ed25519", "Ed448"})
    void pkcs8(String kind) throws GeneralSecurityException {
        KeyPair pair = Keys.pair(kind);
        assertThat(ClientKey.read(Keys.pkcs8(pair), pair.getPublic())).isEqualTo(pair.getPrivate());
    }

    @ParameterizedTest
    @ValueSource(ints = {1024, 2048})
    void pkcs1(int bits) throws GeneralSecurityException {
        KeyPair pair = Keys.pair("RSA/" + bits);
        assertThat(ClientKey.read(Keys.pkcs1(pair), pair.getPublic())).isEqualTo(pair.getPrivate());
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC/secp256r1", "EC/secp384r1", "EC/secp521r1"})
    void sec1(String kind) throws GeneralSecurityException {
        KeyPair pair = Keys.pair(kind);
        for (String form : new String[] {Keys.sec1(pair), Keys.sec1Bare(pair)}) {
            // Equality would be one of encodings, which differ.
            assertThat(((ECPrivateKey) ClientKey.read(form, pair.getPublic())).getS())
                    .isEqualTo(((ECPrivateKey) pair.getPrivate()).getS());
        }
    }

    @Test
    void textAroundTheKeyAndOtherLineEndsDoNotMatter() throws GeneralSecurityException {
        KeyPair pair = Keys.pair("EC/secp256r1");
        String text = "Bag Attributes\n  friendlyName: u\n" + Keys.sec1(pair).replace("\n", "\r\n") + "\n\n";
        assertThat(ClientKey.read(text, pair.getPublic())).isNotNull();
    }

    @Test
    void whatIsNoKeyIsSaidWithoutShowingIt() throws GeneralSecurityException {
        KeyPair pair = Keys.pair("EC/secp256r1");
        KeyPair rsa = Keys.pair("RSA/1024");
        PublicKey open = pair.getPublic();
        refused("", open, "no PEM block PRIVATE KEY");
        refused(Keys.pem("PUBLIC KEY", open.getEncoded()), open, "no PEM block PRIVATE KEY");
        refused(Keys.pem("ENCRYPTED PRIVATE KEY", new byte[9]), open, "encrypted");
        String headers = "-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\n";
        refused(headers + "AAAA\n-----END EC PRIVATE KEY-----", open, "encrypted");
        refused(Keys.pem("OPENSSH PRIVATE KEY", new byte[9]), open, "OPENSSH PRIVATE KEY is not known");
        refused("-----BEGIN PRIVATE KEY-----\n%secret%\n-----END PRIVATE KEY-----", open, "no Base64");
        refused(Keys.pem("PRIVATE KEY", new byte[9]), open, "");
        refused(Keys.pem("PRIVATE KEY", new byte[0]), open, "");
        refused(Keys.pem("EC PRIVATE KEY", new byte[9]), open, "");
        refused(Keys.pkcs1(rsa), open, "");
        refused(Keys.pkcs8(rsa), open, "");
        refused(Keys.sec1(pair), rsa.getPublic(), "");
        refused(Keys.sec1(Keys.pair("EC/secp256r1")), open, "another key");
        refused(Keys.pkcs8(Keys.pair("EC/secp384r1")), open, "");
        refused(Keys.pkcs1(Keys.pair("RSA/1024")), rsa.getPublic(), "another key");
        refused(Keys.pkcs8(Keys.pair("Ed25519")), Keys.pair("Ed25519").getPublic(), "another key");
    }

    private static void refused(String text, PublicKey open, String rule) {
        assertThatThrownBy(() -> ClientKey.read(text, open))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageContaining(rule)
                .satisfies(fault -> assertThat(Fault.said(fault)).doesNotContain("secret"));
    }
}
