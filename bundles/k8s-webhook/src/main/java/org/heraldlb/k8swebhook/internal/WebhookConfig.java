package org.heraldlb.k8swebhook.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of the webhook, PID {@code org.heraldlb.k8swebhook}. */
@ObjectClassDefinition(
        name = "Herald Kubernetes webhook",
        description = "Refuses objects that contradict the others, and converts older peers",
        pid = "org.heraldlb.k8swebhook")
public @interface WebhookConfig {

    @AttributeDefinition(description = "Address to listen on; empty means every address")
    String bind() default "";

    @AttributeDefinition(description = "TCP port", min = "1", max = "65535")
    int port() default 9443;

    @AttributeDefinition(description = "Where the certificate is: secret, state or files")
    String certificates() default "secret";

    @AttributeDefinition(description = "With files: PEM, the certificate and those between it and its authority")
    String certificate_file() default "";

    @AttributeDefinition(description = "With files: PEM, the key")
    String key_file() default "";

    @AttributeDefinition(description = "Name of the Service; its DNS names are in the certificate")
    String service() default "herald-webhook";

    @AttributeDefinition(description = "More DNS names and addresses for the certificate, with commas between them")
    String names() default "";

    @AttributeDefinition(description = "With secret: its name, in Herald's namespace")
    String secret() default "herald-webhook-certificate";

    @AttributeDefinition(description = "ValidatingWebhookConfiguration whose caBundle is kept")
    String configuration() default "herald-webhook";

    @AttributeDefinition(description = "CustomResourceDefinition whose caBundle is kept where it converts by webhook")
    String definition() default "bgppeers.metallb.io";

    @AttributeDefinition(description = "Life of a certificate, in seconds; replaced after two thirds", min = "10")
    int certificate_seconds() default 7_776_000;

    @AttributeDefinition(
            description = "Life of an authority, in seconds; at least four times a certificate's",
            min = "40")
    int authority_seconds() default 157_680_000;
}
