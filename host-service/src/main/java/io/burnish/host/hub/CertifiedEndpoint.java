package io.burnish.host.hub;

/** Something that agents ask of the hub by plain HTTP with their certificate: a bean. Only {@code POST}. */
public interface CertifiedEndpoint {

    /** Where, for example {@code /agent/reregister/}. */
    String path();

    /**
     * Does it on a virtual thread.
     *
     * @param hostId the server whose certificate was presented
     */
    Answer handle(long hostId, byte[] body);

    /**
     * What is answered.
     *
     * @param body JSON; empty for none
     */
    record Answer(int status, String body) {}
}
