package org.heraldlb.api.intent;

/**
 * Where an object comes from, for people.
 *
 * @param source the id of its {@link IntentSource}
 * @param document the file and the document in it ({@code pools.yaml#2}), the PID, or the object's path at the API server
 */
public record Origin(String source, String document) {
    @Override
    public String toString() {
        return source + ":" + document;
    }
}
