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

    /** Event loops that serve clients; 0: one per processor. */
    @WithDefault("0")
    int eventLoops();

    /** How long a shutdown waits for requests that are being answered. */
    @WithDefault("PT8S")
    Duration drain();
}
