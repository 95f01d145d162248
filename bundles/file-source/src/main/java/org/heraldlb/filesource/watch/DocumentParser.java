package org.heraldlb.filesource.watch;

import org.heraldlb.filesource.directory.Reading;

/** Turns the text of a file into objects and problems. Never throws for any text. */
@FunctionalInterface
public interface DocumentParser {

    /** {@code name} is the file's name without its directory. */
    Reading parse(String name, String text);
}
