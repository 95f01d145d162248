package org.heraldlb.manifest.tree;

/** Bounds that keep hostile text cheap. Real documents stay far below. */
final class Limits {

    /** Characters of one text. */
    static final int TEXT = 32 << 20;

    /** Characters of one line of YAML; JSON may have longer ones. */
    static final int LINE = 1 << 20;

    /** Lines of one YAML document. */
    static final int LINES = 2 << 20;

    /** Maps and lists inside each other. */
    static final int DEPTH = 64;

    /** Nodes of one YAML document. */
    static final int NODES = 400_000;

    /** Nodes of one run of JSON values, which are cheaper. */
    static final int JSON_NODES = 1_000_000;

    /** Nodes of one document that aliases add. */
    static final int ALIASED_NODES = 100_000;

    private Limits() {}
}
