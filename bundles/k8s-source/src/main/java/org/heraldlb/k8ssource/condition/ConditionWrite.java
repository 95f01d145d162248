package org.heraldlb.k8ssource.condition;

import java.util.List;
import org.heraldlb.k8ssource.mirror.Resource;

/**
 * The conditions that one object is to have.
 *
 * @param target which object
 * @param uid of the object that was decided upon
 * @param conditions all of ours, by type; empty takes them away
 */
record ConditionWrite(Target target, String uid, List<StatusCondition> conditions) {

    /** @param key {@code namespace/name} */
    record Target(Resource resource, String key) {
        String namespace() {
            return key.substring(0, key.indexOf('/'));
        }

        String name() {
            return key.substring(key.indexOf('/') + 1);
        }
    }
}
