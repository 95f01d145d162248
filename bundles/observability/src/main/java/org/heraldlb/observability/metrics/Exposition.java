package org.heraldlb.observability.metrics;

import java.util.HashSet;
import java.util.Set;

/** Writes metric families in Prometheus' text format 0.0.4. The samples of a family must follow each other. */
final class Exposition {

    /** What kind of number a family holds. */
    enum Type {
        GAUGE("gauge"),
        COUNTER("counter"),
        HISTOGRAM("histogram");

        private final String text;

        Type(String text) {
            this.text = text;
        }
    }

    private final StringBuilder out = new StringBuilder();
    private final Set<String> begun = new HashSet<>();

    /** Begins a family; nothing is written when it was begun before. */
    Exposition family(String name, Type type, String help) {
        if (begun.add(name)) {
            out.append("# HELP ").append(name).append(' ').append(escape(help)).append('\n');
            out.append("# TYPE ").append(name).append(' ').append(type.text).append('\n');
        }
        return this;
    }

    /** Adds a sample. {@code labels} are name, value, name, value. */
    Exposition sample(String name, long value, String... labels) {
        return write(name, String.valueOf(value), labels);
    }

    /** Adds a sample that is not a whole number. */
    Exposition decimal(String name, double value, String... labels) {
        return write(name, String.valueOf(value), labels);
    }

    private Exposition write(String name, String value, String... labels) {
        out.append(name);
        for (int i = 0; i < labels.length; i += 2) {
            out.append(i == 0 ? '{' : ',').append(labels[i]).append("=\"");
            out.append(escape(labels[i + 1]).replace("\"", "\\\"")).append('"');
        }
        out.append(labels.length > 0 ? "} " : " ").append(value).append('\n');
        return this;
    }

    /** Adds a sample whose further labels are text already: {@code a="b",c="d"}, empty for none. */
    Exposition sample(String name, long value, String label, String labelValue, String further) {
        String rest = further.isEmpty() ? "" : "," + further;
        out.append(name)
                .append('{')
                .append(label)
                .append("=\"")
                .append(escape(labelValue))
                .append('"');
        out.append(rest).append("} ").append(value).append('\n');
        return this;
    }

    /** Adds a sample whose labels are text already. */
    Exposition labelled(String name, long value, String labels) {
        out.append(name).append('{').append(labels).append("} ").append(value).append('\n');
        return this;
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\").replace("\n", "\\n");
    }

    String text() {
        return out.toString();
    }
}
