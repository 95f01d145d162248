package org.heraldlb.configsource.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of the configuration source, PID {@code org.heraldlb.configsource}. */
@ObjectClassDefinition(
        name = "Herald configuration source",
        description = "Intents from factory configurations such as org.heraldlb.pool")
public @interface ConfigSourceConfig {

    @AttributeDefinition(description = "Name of this source in origins and problems")
    String id() default "config";

    @AttributeDefinition(description = "Which source wins when two have the same object; the higher one")
    int source_precedence() default 200;
}
