package org.heraldlb.configsource.watch;

import java.io.IOException;
import java.util.Map;
import org.heraldlb.configsource.mapping.ConfigState.Configured;

/** All configurations that mean something here. */
@FunctionalInterface
public interface Configurations {

    /** By PID, those without properties left out. */
    Map<String, Configured> list() throws IOException;
}
