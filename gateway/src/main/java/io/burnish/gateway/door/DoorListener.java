package io.burnish.gateway.door;

import io.burnish.gateway.proxy.Forwarder;
import io.burnish.gateway.proxy.Refusals;
import io.burnish.gateway.proxy.Upstreams;
import io.burnish.kit.pki.ServerIdentity;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.time.Duration;
import java.util.Set;

/** One event loop of the door: its share of the clients' connections, and connections of its own to the services. */
final class DoorListener extends AbstractVerticle {

    /** Lists of ids travel in the request line. */
    private static final int LONGEST_LINE = 32 * 1024;

    private static final int LONGEST_HEADERS = 32 * 1024;
    private static final int BACKLOG = 1024;
    /** Largest part of an answer that is passed on at once: each costs a TLS record and a system call at least. */
    private static final int PIECE = 64 * 1024;

    /** Shorter than services keep idle connections, so that it is the gateway that closes them. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(60);

    private final DoorSettings settings;
    private final ServerIdentity identity;
    private final Entrance entrance;
    private final Traffic traffic;
    private final Upstreams upstreams;
    private final Refusals refusals;

    DoorListener(
            DoorSettings settings,
            ServerIdentity identity,
            Entrance entrance,
            Traffic traffic,
            Upstreams upstreams,
            Refusals refusals) {
        this.settings = settings;
        this.identity = identity;
        this.entrance = entrance;
        this.traffic = traffic;
        this.upstreams = upstreams;
        this.refusals = refusals;
    }

    @Override
    public void start(Promise<Void> listening) {
        HttpClient client = vertx.createHttpClient(clientOptions(), poolOptions());
        Forwarder forwarder = new Forwarder(
                vertx,
                client,
                upstreams,
                refusals,
                new Forwarder.Limits(
                        settings.readTimeout(),
                        settings.changeTimeout(),
                        settings.bodyLimit().asLongValue(),
                        settings.slowSender(),
                        settings.slowReader()));
        Connections connections = new Connections(vertx, settings.clients(), settings.idle());
        vertx.createHttpServer(serverOptions())
                .connectionHandler(connections::opened)
                .requestHandler(request -> entrance.enter(request, forwarder, traffic, connections))
                .listen()
                .<Void>mapEmpty()
                .onComplete(listening);
    }

    private HttpClientOptions clientOptions() {
        return new HttpClientOptions()
                .setConnectTimeout(Math.toIntExact(settings.connectTimeout().toMillis()))
                .setKeepAliveTimeout(Math.toIntExact(KEEP_ALIVE.toSeconds()))
                .setMaxHeaderSize(LONGEST_HEADERS)
                .setMaxChunkSize(PIECE)
                .setDecompressionSupported(false);
    }

    private PoolOptions poolOptions() {
        return new PoolOptions().setHttp1MaxSize(settings.connections()).setMaxWaitQueueSize(settings.waiting());
    }

    private HttpServerOptions serverOptions() {
        // a connection may be silent for as long as a service may
        Duration idle = settings.changeTimeout().plusSeconds(30);
        return new HttpServerOptions()
                .setHost(settings.host())
                .setPort(settings.port())
                .setSsl(true)
                .setUseAlpn(true)
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"))
                .setKeyCertOptions(new PemKeyCertOptions()
                        .addKeyValue(Buffer.buffer(identity.keyPem()))
                        .addCertValue(Buffer.buffer(identity.certificatePem())))
                .setMaxInitialLineLength(LONGEST_LINE)
                .setMaxHeaderSize(LONGEST_HEADERS)
                .setAcceptBacklog(BACKLOG)
                .setHandle100ContinueAutomatically(true)
                .setIdleTimeout(Math.toIntExact(idle.toSeconds()));
    }
}
