package io.burnish.host.volume;

import java.util.Locale;

/** Whether a volume could be served with fail-over (API contract, storage 27.3). */
enum VolumeStatus {
    CONFIGURED_HA,
    CONFIGURED_NOHA,
    UNCONFIGURED;

    /** The status for these counts of nodes. */
    static VolumeStatus of(long nodes, long primaries, long others) {
        if (nodes == 1 || (primaries > 0 && others == 0)) {
            return CONFIGURED_NOHA;
        }
        return primaries > 0 ? CONFIGURED_HA : UNCONFIGURED;
    }

    /** The word in the API. */
    String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
