package io.burnish.host.network;

/**
 * A wanted change of the NID of an interface.
 *
 * @param lnetId the LNet configuration of the interface's server
 * @param lndType {@code null} for a removal
 * @param lndNetwork {@link #REMOVED} for a removal
 */
record NidChange(long interfaceId, long lnetId, String lndType, int lndNetwork) {

    /** Stands for no network: the interface shall have no NID. */
    static final int REMOVED = -1;

    /** The removal of an interface's NID. */
    static NidChange removal(long interfaceId, long lnetId) {
        return new NidChange(interfaceId, lnetId, null, REMOVED);
    }

    boolean removal() {
        return lndNetwork == REMOVED;
    }
}
