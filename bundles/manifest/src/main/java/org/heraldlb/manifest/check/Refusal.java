package org.heraldlb.manifest.check;

import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.manifest.Code;

/** Problems of objects that are good by themselves. */
final class Refusal {

    private Refusal() {}

    static Problem of(ConfigObject object, Code code, String path, Object value, String text) {
        return Problem.error(code.text(), object.ref().toString(), text)
                .at(object.origin().document(), path, String.valueOf(value));
    }

    static Problem warning(ConfigObject object, Code code, String path, Object value, String text) {
        return Problem.warning(code.text(), object.ref().toString(), text)
                .at(object.origin().document(), path, String.valueOf(value));
    }
}
