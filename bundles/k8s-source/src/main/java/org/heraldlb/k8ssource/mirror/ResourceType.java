package org.heraldlb.k8ssource.mirror;

/**
 * What the API server calls a kind of object.
 *
 * @param group empty for the core group
 * @param version such as {@code v1beta1}
 * @param kind such as {@code IPAddressPool}
 * @param plural such as {@code ipaddresspools}
 */
public record ResourceType(String group, String version, String kind, String plural) {

    public static final String METALLB = "metallb.io";
    public static final String HERALD = "heraldlb.org";

    /** As documents write it. */
    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** As {@code kubectl} takes it: {@code services}, {@code bgppeers.metallb.io}. */
    @Override
    public String toString() {
        return group.isEmpty() ? plural : plural + "." + group;
    }
}
