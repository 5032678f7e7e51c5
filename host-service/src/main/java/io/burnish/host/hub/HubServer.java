package io.burnish.host.hub;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.burnish.kit.pki.PkiDirectory;
import io.burnish.kit.pki.ServerIdentity;
import io.burnish.kit.sql.Database;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.ServerWebSocketHandshake;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jboss.logging.Logger;

/**
 * The door for agents: TLS 1.3 with a client certificate that Burnish's authority has signed, then a WebSocket at
 * {@value #PATH}. TLS refuses foreign and expired certificates, the table of certificates refuses unknown and revoked ones with 403;
 * each refusal is logged once an hour.
 */
@ApplicationScoped
public class HubServer {

    /** Where agents connect. */
    public static final String PATH = "/agent/channel";

    private static final Logger LOG = Logger.getLogger(HubServer.class);
    /** As the agent's: outcomes with all their output, reports of servers with thousands of devices. */
    private static final int LARGEST_MESSAGE = 16 << 20;

    private static final int LARGEST_FRAME = 1 << 20;
    private static final int EVENT_LOOPS = 2;
    private static final long HELLO_MILLIS = 15_000;
    private static final int BACKLOG = 4096;

    /**
     * Quarkus switches the WebSockets of Vert.x off in the whole process when it opens its own port, unless this is decided already. It
     * does so after the start-up event; Vert.x reads the property once, so another start in the same JVM would find them off.
     */
    private static final String WEB_SOCKETS_OFF = "vertx.disableWebsockets";

    private final Vertx vertx;
    private final PkiDirectory pki;
    private final HubSettings settings;
    private final AgentCertificates certificates;
    private final AgentFrames frames;
    private final SessionOpening sessions;
    private final CertifiedRequests requests;
    private final Cache<String, Boolean> complained = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofHours(1))
            .build();
    private volatile int port;
    private volatile String deployment;

    HubServer(
            Vertx vertx,
            PkiDirectory pki,
            HubSettings settings,
            AgentCertificates certificates,
            AgentFrames frames,
            SessionOpening sessions,
            CertifiedRequests requests) {
        this.vertx = vertx;
        this.pki = pki;
        this.settings = settings;
        this.certificates = certificates;
        this.frames = frames;
        this.sessions = sessions;
        this.requests = requests;
    }

    /** After everything that handles frames. */
    void start(@Observes @Priority(10_000) StartupEvent startup) {
        System.setProperty(WEB_SOCKETS_OFF, "false");
        HttpServerOptions options = options();
        deployment = Database.await(
                vertx.deployVerticle(() -> new Door(options), new DeploymentOptions().setInstances(EVENT_LOOPS)));
        LOG.infof("the agent hub listens on %s:%d", settings.host(), port);
    }

    void stop(@Observes @Priority(1) ShutdownEvent shutdown) {
        String deployed = deployment;
        if (deployed != null) {
            try {
                vertx.undeploy(deployed)
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(3, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
                LOG.debugf("the hub did not close in time: %s", e.getMessage());
            }
        }
    }

    /** The port that agents can connect to. */
    public int port() {
        return port;
    }

    private HttpServerOptions options() {
        ServerIdentity identity = pki.server("hub", settings.names());
        return new HttpServerOptions()
                .setHost(settings.host())
                .setPort(settings.port())
                .setSsl(true)
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
                .setClientAuth(ClientAuth.REQUIRED)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .addKeyValue(Buffer.buffer(identity.keyPem()))
                        .addCertValue(Buffer.buffer(identity.certificatePem())))
                .setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(pki.authorityCertificate())))
                .setMaxWebSocketFrameSize(LARGEST_FRAME)
                .setMaxWebSocketMessageSize(LARGEST_MESSAGE)
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setWebSocketClosingTimeout(2)
                .setAcceptBacklog(BACKLOG);
    }

    /** The same port on each event loop. */
    private final class Door extends AbstractVerticle {

        private final HttpServerOptions options;

        Door(HttpServerOptions options) {
            this.options = options;
        }

        @Override
        public void start(Promise<Void> started) {
            HttpServer server = vertx.createHttpServer(options);
            server.requestHandler(requests::serve);
            server.webSocketHandshakeHandler(HubServer.this::knock);
            // without one, upgrades would be taken for requests; the handshake serves the socket
            server.webSocketHandler(socket -> LOG.trace("a visitor was let in"));
            server.exceptionHandler(HubServer.this::handshakeFailed);
            server.listen()
                    .<Void>map(listening -> {
                        port = listening.actualPort();
                        return null;
                    })
                    .onComplete(started);
        }
    }

    private void handshakeFailed(Throwable failure) {
        complainOnce(
                String.valueOf(failure.getMessage()), "a connection to the agent hub failed: " + failure.getMessage());
    }

    private void knock(ServerWebSocketHandshake visitor) {
        if (!PATH.equals(visitor.path())) {
            visitor.reject(404);
            return;
        }
        X509Certificate certificate = certificate(visitor);
        certificates
                .identify(certificate)
                .onFailure(failure -> visitor.reject(503))
                .onSuccess(verdict -> answer(visitor, certificate, verdict));
    }

    private void answer(
            ServerWebSocketHandshake visitor, X509Certificate certificate, AgentCertificates.Verdict verdict) {
        switch (verdict) {
            case AgentCertificates.Verdict.Known known ->
                visitor.accept().onSuccess(socket -> serve(socket, known, AgentCertificates.serial(certificate)));
            case AgentCertificates.Verdict.Refused refused -> {
                String serial = AgentCertificates.serial(certificate);
                complainOnce(
                        serial,
                        "the agent at %s was refused: its certificate for %s (serial %s) is not accepted, %s"
                                .formatted(
                                        visitor.remoteAddress().host(),
                                        certificate.getSubjectX500Principal().getName(),
                                        serial,
                                        refused.why()));
                visitor.reject(403);
            }
        }
    }

    private void serve(ServerWebSocket socket, AgentCertificates.Verdict.Known known, String serial) {
        AgentConnection connection = new AgentConnection(known, serial, socket, frames::handle);
        socket.textMessageHandler(connection::received);
        socket.pongHandler(pong -> connection.heard());
        socket.exceptionHandler(failure -> LOG.debugf("connection of %s: %s", connection, failure.getMessage()));
        socket.closeHandler(nothing -> {
            connection.markClosed();
            Thread.ofVirtual().name("agent-end-" + known.fqdn()).start(() -> sessions.close(connection));
        });
        vertx.setTimer(HELLO_MILLIS, timer -> {
            if (connection.hello().isEmpty()) {
                connection.close("no hello came");
            }
        });
    }

    private void complainOnce(String cause, String message) {
        if (complained.asMap().putIfAbsent(cause, true) == null) {
            LOG.warn(message);
        }
    }

    private static X509Certificate certificate(ServerWebSocketHandshake visitor) {
        try {
            return (X509Certificate) visitor.peerCertificates().getFirst();
        } catch (SSLPeerUnverifiedException e) {
            throw new IllegalStateException("TLS let a client without certificate in", e);
        }
    }
}
