package org.heraldlb.manifest.print;

import org.heraldlb.api.intent.ConfigObject;

public final class Printer {
    private Printer() {}

    public static String print(ConfigObject object) {
        return object.toString();
    }
}
