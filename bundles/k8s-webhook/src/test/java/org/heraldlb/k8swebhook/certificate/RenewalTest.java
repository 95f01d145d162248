package org.heraldlb.k8swebhook.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.util.io.pem.PemObject;
import org.junit.jupiter.api.Test;

class RenewalTest {

    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");
    private static final Policy POLICY =
            Policy.of(List.of("hook.ns.svc", "192.0.2.1", "2001:db8::1"), Duration.ofDays(90), Duration.ofDays(1000));
    private static final Renewal RENEWAL = new Renewal(POLICY, new Maker(POLICY));

    private static Wallet fresh() {
        return RENEWAL.next(Wallet.EMPTY, START);
    }

    private static Credential serving(Wallet wallet) {
        return wallet.serving().orElseThrow();
    }

    private static boolean trusted(Credential serving, Wallet wallet) {
        return wallet.trusted().stream().anyMatch(authority -> {
            try {
                serving.certificate().verify(authority.getPublicKey());
                return true;
            } catch (GeneralSecurityException another) {
                return false;
            }
        });
    }

    @Test
    void theFirstWalletServesWhatItTrusts() throws GeneralSecurityException {
        Wallet wallet = fresh();
        assertThat(wallet.authorities()).hasSize(1);
        Credential serving = serving(wallet);
        assertThat(trusted(serving, wallet)).isTrue();
        assertThat(serving.certificate().getSubjectAlternativeNames())
                .extracting(name -> String.valueOf(name.get(1)))
                .contains("hook.ns.svc", "192.0.2.1");
        assertThat(serving.certificate().getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(wallet.trusted().get(0).getBasicConstraints()).isZero();
    }

    @Test
    void nothingIsDoneBeforeItIsDue() {
        Wallet wallet = fresh();
        assertThat(RENEWAL.next(wallet, START)).isEqualTo(wallet);
        assertThat(RENEWAL.next(wallet, START.plus(Duration.ofDays(59)))).isEqualTo(wallet);
        assertThat(RENEWAL.next(wallet, START.minus(Duration.ofMinutes(30)))).isEqualTo(wallet);
    }

    @Test
    void aCertificateIsReplacedBeforeTwoThirdsOfItsLifeAreOver() {
        Wallet wallet = fresh();
        Wallet next = RENEWAL.next(wallet, START.plus(Duration.ofDays(60)));
        assertThat(next.authorities()).isEqualTo(wallet.authorities());
        assertThat(serving(next)).isNotEqualTo(serving(wallet));
        assertThat(serving(next).until()).isEqualTo(START.plus(Duration.ofDays(150)));
    }

    @Test
    void otherNamesAreAReason() {
        Policy other = Policy.of(List.of("other.ns.svc"), POLICY.servingLife(), POLICY.authorityLife());
        Wallet wallet = fresh();
        Wallet next = new Renewal(other, new Maker(other)).next(wallet, START);
        assertThat(next.authorities()).isEqualTo(wallet.authorities());
        assertThat(serving(next)).isNotEqualTo(serving(wallet));
    }

    @Test
    void aNewAuthorityIsTrustedBeforeItSigns() {
        Wallet wallet = fresh();
        Instant due = START.plus(Duration.ofDays(667));
        Wallet both = RENEWAL.next(wallet, due);
        assertThat(both.authorities())
                .hasSize(2)
                .element(1)
                .isEqualTo(wallet.authorities().get(0));
        assertThat(serving(both).certificate().getIssuerX500Principal())
                .isEqualTo(wallet.trusted().get(0).getSubjectX500Principal());
        Wallet settled = RENEWAL.next(
                new Wallet(both.authorities(), Optional.empty()),
                due.plus(POLICY.settle()).plusSeconds(1));
        assertThat(serving(settled).certificate().getIssuerX500Principal())
                .isEqualTo(both.trusted().get(0).getSubjectX500Principal());
    }

    /** A client that learnt of the authorities one step ago can check what is served now, for as long as this runs. */
    @Test
    void whatIsServedIsAlwaysTrustedByWhoeverLooksOften() {
        for (Duration life : List.of(Duration.ofSeconds(20), Duration.ofMinutes(40))) {
            Policy policy = Policy.of(List.of("hook.ns.svc"), life, life.multipliedBy(4));
            Renewal renewal = new Renewal(policy, new Maker(policy));
            Duration step = policy.settle().dividedBy(2);
            Wallet known = renewal.next(Wallet.EMPTY, START);
            for (Instant now = START; now.isBefore(START.plus(life.multipliedBy(9))); now = now.plus(step)) {
                Wallet next = renewal.next(known, now);
                assertThat(trusted(serving(next), known)).as("%s", now).isTrue();
                assertThat(serving(next).until()).isAfter(now);
                assertThat(next.authorities()).hasSizeLessThan(4);
                known = next;
            }
        }
    }

    @Test
    void aWalletSurvivesItsText() {
        Wallet wallet = RENEWAL.next(fresh(), START.plus(Duration.ofDays(667)));
        assertThat(Pem.parse(Pem.print(wallet))).isEqualTo(wallet);
        assertThat(Pem.parse(Map.of())).isEqualTo(Wallet.EMPTY);
        assertThat(wallet.toString()).doesNotContain("PRIVATE").doesNotContain("Key");
    }

    @Test
    void aDamagedTextIsMadeAnew() {
        Wallet wallet = fresh();
        Map<String, String> text = new java.util.HashMap<>(Pem.print(wallet));
        text.put(Pem.KEY, "-----BEGIN PRIVATE KEY-----\nnonsense\n-----END PRIVATE KEY-----\n");
        Wallet damaged = Pem.parse(text);
        assertThat(damaged.serving()).isEmpty();
        assertThat(damaged.authorities()).isEqualTo(wallet.authorities());
        text.put(Pem.AUTHORITIES, "x");
        assertThat(RENEWAL.next(Pem.parse(text), START).authorities()).hasSize(1);
    }

    @Test
    void theKeyOfAnotherCertificateIsNone() {
        Map<String, String> one = Pem.print(fresh());
        Map<String, String> other = Pem.print(fresh());
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> Pem.credential(one.get(Pem.CERTIFICATE), other.get(Pem.KEY)))
                .isInstanceOf(GeneralSecurityException.class);
    }

    /** As {@code openssl ecparam -genkey} writes it: parameters first, and a form of its own. */
    @Test
    void theTraditionalFormOfAKeyIsReadToo() throws Exception {
        Credential serving = serving(fresh());
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(new PemObject("EC PARAMETERS", X9ObjectIdentifiers.prime256v1.getEncoded()));
            BigInteger secret = ((java.security.interfaces.ECPrivateKey) serving.key()).getS();
            byte[] key = new ECPrivateKey(256, secret, X9ObjectIdentifiers.prime256v1).getEncoded();
            writer.writeObject(new PemObject("EC PRIVATE KEY", key));
        }
        assertThat(text.toString()).contains("BEGIN EC PRIVATE KEY");
        Credential read = Pem.credential(Pem.certificates(serving.chain()), text.toString());
        assertThat(read.chain()).isEqualTo(serving.chain());
        assertThat(((java.security.interfaces.ECPrivateKey) read.key()).getS())
                .isEqualTo(((java.security.interfaces.ECPrivateKey) serving.key()).getS());
    }
}
