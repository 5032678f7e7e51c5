package io.burnish.metrics.intake;

import java.util.Locale;

/** Why a sample is not kept; counted as {@code burnish.samples.discarded}. */
enum Discarded {
    /** Of a target that is unknown, or cannot run on the server that sent it, or of a server that was removed. */
    UNKNOWN_OBJECT,
    /** Older than readings are kept: the intervals in which it would count are closed. */
    TOO_OLD,
    /** Without a name or a type, or no number. */
    MALFORMED;

    String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
