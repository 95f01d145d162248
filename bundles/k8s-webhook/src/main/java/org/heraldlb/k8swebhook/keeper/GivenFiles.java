package org.heraldlb.k8swebhook.keeper;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.function.Consumer;
import org.heraldlb.k8swebhook.certificate.Credential;
import org.heraldlb.k8swebhook.certificate.Pem;

/** Made by somebody else, who also sees to it that they are trusted. Read again each time. */
public final class GivenFiles implements Certificates {

    private final Path certificate;
    private final Path key;

    public GivenFiles(Path certificate, Path key) {
        this.certificate = certificate;
        this.key = key;
    }

    @Override
    public Credential current(Instant now, Consumer<String> complain) throws Unavailable {
        try {
            Credential found = Pem.credential(read(certificate), read(key));
            if (now.isAfter(found.until())) {
                complain.accept(certificate + " is over since " + found.until());
            }
            return found;
        } catch (GeneralSecurityException wrong) {
            throw new Unavailable(certificate + " and " + key + ": " + wrong.getMessage());
        }
    }

    private static String read(Path file) throws Unavailable {
        try {
            return Files.readString(file, StandardCharsets.US_ASCII);
        } catch (IOException failure) {
            throw new Unavailable("reading " + file + ": " + failure);
        }
    }
}
