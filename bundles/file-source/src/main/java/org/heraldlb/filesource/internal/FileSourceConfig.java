package org.heraldlb.filesource.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of the file source, PID {@code org.heraldlb.filesource}. */
@ObjectClassDefinition(name = "Herald file source", description = "Intents from a directory of YAML and JSON documents")
public @interface FileSourceConfig {

    @AttributeDefinition(description = "Directory to watch; empty means herald.d in Karaf's etc directory")
    String directory() default "";

    @AttributeDefinition(description = "Name of this source in origins and problems")
    String id() default "file";

    @AttributeDefinition(description = "Which source wins when two have the same object; the higher one")
    int source_precedence() default 100;

    @AttributeDefinition(
            description = "Period of the looks where the kernel signals no changes, in milliseconds",
            min = "50")
    int poll_millis() default 500;

    @AttributeDefinition(description = "How long a file must not change before it is read, in milliseconds", min = "0")
    int settle_millis() default 100;

    @AttributeDefinition(description = "Larger files are refused, in bytes", min = "1")
    int file_max_bytes() default 16_777_216;
}
