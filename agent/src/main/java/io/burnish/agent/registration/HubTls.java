package io.burnish.agent.registration;

import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.util.Set;

/**
 * TLS towards the manager: 1.3 only, its certificate verified against the authority of the registration and against its name, this
 * server's own certificate presented.
 */
public record HubTls(Identity identity) {

    private static final Set<String> PROTOCOLS = Set.of("TLSv1.3");

    // an action's outcome with all its output, and reports of servers with thousands of devices
    private static final int LARGEST_MESSAGE = 16 << 20;
    private static final int LARGEST_FRAME = 1 << 20;

    /** For the channel. */
    public WebSocketClientOptions webSocket() {
        return new WebSocketClientOptions()
                .setSsl(true)
                .setEnabledSecureTransportProtocols(PROTOCOLS)
                .setTrustOptions(authority())
                .setKeyCertOptions(own())
                .setVerifyHost(true)
                .setMaxFrameSize(LARGEST_FRAME)
                .setMaxMessageSize(LARGEST_MESSAGE);
    }

    /** For requests with this server's certificate. */
    public HttpClientOptions http() {
        return registering().setKeyCertOptions(own());
    }

    /** For the registration, when there is no certificate yet. */
    public HttpClientOptions registering() {
        return new HttpClientOptions()
                .setSsl(true)
                .setEnabledSecureTransportProtocols(PROTOCOLS)
                .setTrustOptions(authority())
                .setVerifyHost(true);
    }

    private PemTrustOptions authority() {
        return new PemTrustOptions().addCertPath(identity.authority().toString());
    }

    private PemKeyCertOptions own() {
        return new PemKeyCertOptions()
                .addKeyPath(identity.key().toString())
                .addCertPath(identity.certificate().toString());
    }
}
