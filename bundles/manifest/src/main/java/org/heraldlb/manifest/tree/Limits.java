package org.heraldlb.manifest.tree;

/** Bounds that keep hostile text cheap. Real documents stay far below. */
final class Limits {

    /** Characters of one text. */
    static final int TEXT = 64 << 20;

    /** Characters of one line of YAML; JSON may have longer ones. */
    static final int LINE = 1 << 20;

    /** Maps and lists inside each other. */
    static final int DEPTH = 64;

    /** Nodes of one text, each alias counted as all that it stands for. */
    static final int NODES = 2_000_000;

    /** Nodes of one document that aliases add. */
    static final int ALIASED_NODES = 100_000;

    private Limits() {}
}
