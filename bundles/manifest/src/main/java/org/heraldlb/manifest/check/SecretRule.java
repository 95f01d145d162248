package org.heraldlb.manifest.check;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.Kind;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.intent.ObjectRef;
import org.heraldlb.api.intent.Secret;
import org.heraldlb.manifest.Code;

/**
 * What a Secret must be that an object takes a password from.
 *
 * @param object who refers to it
 * @param path where
 * @param what for people: whose password
 * @param name of the Secret
 * @param longest octets that the password may have
 */
record SecretRule(ConfigObject object, String path, String what, NamespacedName name, int longest) {

    private static final String TYPE = "kubernetes.io/basic-auth";
    private static final String PASSWORD = "password";

    Optional<Missing> missing(Map<ObjectRef, ConfigObject> secrets) {
        ObjectRef ref = ObjectRef.of(Kind.SECRET, name);
        if (!(secrets.get(ref) instanceof Secret secret)) {
            return problem(ref, Code.MISSING_SECRET, "secret " + name + " does not exist");
        }
        return fault(secret).flatMap(text -> problem(ref, Code.INVALID_SECRET, text));
    }

    private Optional<String> fault(Secret secret) {
        if (!secret.type().equals(TYPE)) {
            return Optional.of(
                    "secret type mismatch on " + name + ": type " + TYPE + " is expected, not " + secret.type());
        }
        if (!secret.data().containsKey(PASSWORD)) {
            return Optional.of("secret " + name + " has no key \"" + PASSWORD + "\"");
        }
        int octets = secret.data().get(PASSWORD).reveal().getBytes(StandardCharsets.UTF_8).length;
        return octets <= longest
                ? Optional.empty()
                : Optional.of("the password of secret " + name + " has " + octets
                        + " octets, it must be in the range 1 to " + longest);
    }

    private Optional<Missing> problem(ObjectRef ref, Code code, String text) {
        return Optional.of(new Missing(
                Refusal.of(object, code, path, "", what + ": " + text),
                other -> other.ref().equals(ref) && fault((Secret) other).isEmpty()));
    }
}
