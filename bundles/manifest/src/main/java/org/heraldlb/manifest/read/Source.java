package org.heraldlb.manifest.read;

import org.heraldlb.api.intent.ObjectRef;
import org.heraldlb.api.intent.Origin;
import org.heraldlb.manifest.ReadContext;

/**
 * A document whose kind and name are known.
 *
 * @param root the whole document
 * @param meta its metadata
 * @param context where documents come from
 * @param version what follows the group in {@code apiVersion}
 * @param extended true: {@code heraldlb.org/v1}, whose fields are MetalLB's and more
 */
record Source(Fields root, Meta meta, ReadContext context, String version, boolean extended) {

    ObjectRef ref() {
        return meta.ref();
    }

    Origin origin() {
        return meta.origin();
    }

    /** {@code spec}, which must be there. */
    Fields spec() {
        if (!root.has("spec")) {
            root.missing("spec", ref().kind().text() + " without a specification");
        }
        return root.child("spec");
    }

    /** {@code spec}, which may be left out where all of its fields have defaults. */
    Fields optionalSpec() {
        return root.child("spec");
    }

    /** True for a MetalLB kind that says what only {@code heraldlb.org/v1} may say: then the fields stay unknown. */
    boolean plain() {
        return !extended;
    }
}
