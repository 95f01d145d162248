package org.heraldlb.api.kubernetes;

/**
 * Single requests to the API server, with the address and the credentials of whoever offers this service. A missing right,
 * a conflict and an absent object are answers, not exceptions.
 */
public interface ApiServer {

    /**
     * What came back.
     *
     * @param status HTTP's; 0 when there was no answer
     * @param body JSON; with status 0 the reason in one line
     */
    record Answer(int status, String body) {

        /** True for 2xx. */
        public boolean isGood() {
            return status >= 200 && status < 300;
        }
    }

    /**
     * Sends one request and waits for the answer, 10 seconds at most. Any thread that may wait.
     *
     * @param method GET, POST or PATCH, which is a JSON merge patch (RFC 7386)
     * @param path from the root, such as {@code /api/v1/namespaces/metallb-system/secrets}
     * @param body JSON; empty for none
     */
    Answer send(String method, String path, String body);
}
