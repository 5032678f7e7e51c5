package io.burnish.gateway.door;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** How the door listens and forwards. */
@ConfigMapping(prefix = "burnish.door")
public interface DoorSettings {

    /** Address to listen on ({@code BURNISH_HTTPS_HOST}); all of the machine's by default. */
    String host();

    /** Port to listen on ({@code BURNISH_HTTPS_PORT}). */
    int port();

    /** How clients address the installation ({@code BURNISH_PUBLIC_URL}); its host gets into the certificate. */
    Optional<URI> publicUrl();

    /** Whether callers that are not logged in may read ({@code BURNISH_ANONYMOUS_READ}). */
    boolean anonymousRead();

    /** Largest request body ({@code BURNISH_BODY_LIMIT}); more is refused with 413. Services have smaller limits of their own. */
    MemorySize bodyLimit();

    /** How long a service may be silent about a GET ({@code BURNISH_READ_TIMEOUT}). */
    Duration readTimeout();

    /** How long a service may be silent about other requests ({@code BURNISH_CHANGE_TIMEOUT}; API contract, core 1.20: 330 s). */
    Duration changeTimeout();

    /** How long connecting to a service may take. */
    @WithDefault("PT2S")
    Duration connectTimeout();

    /** Connections to each service, per event loop. More requests wait for a connection. */
    @WithDefault("64")
    int connections();

    /** Requests that may wait for a connection to a service, per event loop; one more is refused with 503. */
    @WithDefault("1000")
    int waiting();

    /** Connections of clients, per event loop; for one more, the one that has been idle longest is closed. */
    @WithDefault("2000")
    int clients();

    /** How long a connection may be open without a request, also one whose head does not end. */
    @WithDefault("PT75S")
    Duration idle();

    /** A client that sends fewer than 16 KiB of a body in this time is refused with 408. */
    @WithDefault("PT10S")
    Duration slowSender();

    /** A client that reads fewer than 16 KiB of an answer in this time is cut off. */
    @WithDefault("PT60S")
    Duration slowReader();

    /** Event loops that serve clients; 0: one per processor. */
    @WithDefault("0")
    int eventLoops();

    /** How long a shutdown waits for requests that are being answered. */
    @WithDefault("PT8S")
    Duration drain();
}
