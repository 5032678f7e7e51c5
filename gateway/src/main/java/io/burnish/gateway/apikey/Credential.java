package io.burnish.gateway.apikey;

import java.util.List;

/** What the {@code Authorization} headers of a request say. */
public sealed interface Credential {

    /** Nothing about keys: the request goes by its session. */
    record None() implements Credential {}

    /** {@code Bearer <secret>}: counts alone; a key that is not good is refused. */
    record Bearer(String secret) implements Credential {
        /** Without the secret. */
        @Override
        public String toString() {
            return "bearer";
        }
    }

    /**
     * {@code ApiKey <username>:<secret>}, the form of the reference (API contract, core 1.17): a key that is not good is ignored, the
     * request goes by its session then.
     */
    record Named(String username, String secret) implements Credential {
        /** Without the secret. */
        @Override
        public String toString() {
            return "key of " + username;
        }
    }

    /** Reads the headers. Several of them contradict each other: no secret fits them. */
    static Credential of(List<String> headers) {
        if (headers.isEmpty()) {
            return new None();
        }
        String value = headers.getFirst().strip();
        int blank = value.indexOf(' ');
        String scheme = blank < 0 ? value : value.substring(0, blank);
        String rest = blank < 0 ? "" : value.substring(blank).strip();
        if (scheme.equalsIgnoreCase("Bearer")) {
            return new Bearer(headers.size() == 1 ? rest : "");
        }
        int colon = rest.indexOf(':');
        return scheme.equalsIgnoreCase("ApiKey") && colon > 0 && headers.size() == 1
                ? new Named(rest.substring(0, colon), rest.substring(colon + 1))
                : new None();
    }
}
