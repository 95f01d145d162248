package org.heraldlb.k8swebhook.keeper;

import java.time.Instant;
import java.util.function.Consumer;
import org.heraldlb.k8swebhook.certificate.Credential;

/** Where the server's certificate comes from. */
public interface Certificates {

    /**
     * What is to be served now, after whatever was due has been done. May wait for seconds.
     *
     * @param complain takes what does not work although there is a certificate; one line each
     */
    Credential current(Instant now, Consumer<String> complain) throws Unavailable;
}
