package io.burnish.agent.testing;

import io.burnish.contracts.ContractJson;
import io.burnish.contracts.agent.FromAgent;
import io.burnish.contracts.agent.RegistrationReply;
import io.burnish.contracts.agent.RegistrationRequest;
import io.burnish.contracts.agent.ToAgent;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** The manager's side: a real WebSocket server over TLS that asks for client certificates, and the registration next to it. */
public final class TestHub implements AutoCloseable {

    private final Vertx vertx;
    private final TestAuthority authority;
    private final List<FromAgent> frames = new CopyOnWriteArrayList<>();
    private final List<ServerWebSocket> sockets = new CopyOnWriteArrayList<>();
    private final List<RegistrationRequest> registrations = new CopyOnWriteArrayList<>();
    private final List<String> clients = new CopyOnWriteArrayList<>();
    private final AtomicInteger pings = new AtomicInteger();
    private volatile boolean welcoming = true;
    private volatile boolean storing = true;
    private volatile int heartbeatSeconds = 1;
    private HttpServer server;
    private int port;

    public TestHub(Vertx vertx, TestAuthority authority, String serverName) {
        this.vertx = vertx;
        this.authority = authority;
        start(serverName);
    }

    /** Listens, again on the same port after {@link #stop}. */
    public void start(String serverName) {
        HttpServerOptions options = new HttpServerOptions()
                .setSsl(true)
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
                .setClientAuth(ClientAuth.REQUEST)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .addKeyPath(authority.key(serverName).toString())
                        .addCertPath(authority.certificate(serverName).toString()))
                .setTrustOptions(new PemTrustOptions()
                        .addCertPath(authority.certificate().toString()))
                .setMaxWebSocketFrameSize(1 << 20)
                .setMaxWebSocketMessageSize(16 << 20);
        server = vertx.createHttpServer(options)
                .webSocketHandler(this::connected)
                .requestHandler(request -> request.body().onSuccess(body -> {
                    if (!request.path().equals("/agent/register/SECRET/")) {
                        request.response().setStatusCode(403).end("no such token");
                        return;
                    }
                    RegistrationRequest registration = ContractJson.read(body.getBytes(), RegistrationRequest.class);
                    registrations.add(registration);
                    vertx.executeBlocking(() -> authority.sign(registration.csr()))
                            .onSuccess(certificate -> request.response()
                                    .setStatusCode(201)
                                    .end(ContractJson.text(
                                            new RegistrationReply(3, 12L, certificate, url().toString()))));
                }));
        server.listen(port, "localhost")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        port = server.actualPort();
    }

    private void connected(ServerWebSocket socket) {
        try {
            clients.add(socket.sslSession().getPeerPrincipal().getName());
        } catch (javax.net.ssl.SSLPeerUnverifiedException e) {
            socket.close();
            return;
        }
        sockets.add(socket);
        socket.frameHandler(frame -> {
            if (frame.isPing()) {
                pings.incrementAndGet();
            }
        });
        socket.textMessageHandler(text -> {
            FromAgent frame = ContractJson.read(text, FromAgent.class);
            frames.add(frame);
            if (frame instanceof FromAgent.Hello && welcoming) {
                say(socket, new ToAgent.Welcome("s" + sockets.size(), 3, heartbeatSeconds));
            }
            if (frame instanceof FromAgent.Outcome outcome && storing) {
                say(socket, new ToAgent.OutcomeStored(List.of(outcome.actionId())));
            }
            if (frame instanceof FromAgent.Samples samples && storing) {
                say(socket, new ToAgent.SamplesStored(samples.batch().sequence()));
            }
            if (frame instanceof FromAgent.Logs logs && storing) {
                say(socket, new ToAgent.LogsStored(logs.batch().sequence()));
            }
        });
    }

    /** Sends to the agent that connected last. */
    public void send(ToAgent message) {
        say(sockets.getLast(), message);
    }

    private static void say(ServerWebSocket socket, ToAgent message) {
        socket.writeTextMessage(ContractJson.text(message));
    }

    /** Frames of one kind, in the order in which they came. */
    public <T extends FromAgent> List<T> received(Class<T> kind) {
        return all(kind).toList();
    }

    private <T extends FromAgent> Stream<T> all(Class<T> kind) {
        return frames.stream().filter(kind::isInstance).map(kind::cast);
    }

    public List<FromAgent> frames() {
        return frames;
    }

    /** How often an agent asked for a sign of life. */
    public int pings() {
        return pings.get();
    }

    public List<RegistrationRequest> registrations() {
        return registrations;
    }

    /** Names in the client certificates of connections. */
    public List<String> clients() {
        return clients;
    }

    /** Ends all connections without a word. */
    public void dropConnections() {
        sockets.forEach(ServerWebSocket::close);
    }

    public void storing(boolean yes) {
        storing = yes;
    }

    public void welcoming(boolean yes) {
        welcoming = yes;
    }

    public void heartbeatSeconds(int seconds) {
        heartbeatSeconds = seconds;
    }

    /** Stops reading: the agent's frames pile up. */
    public void pause() {
        sockets.forEach(ServerWebSocket::pause);
    }

    public void stop() {
        server.close().toCompletionStage().toCompletableFuture().join();
    }

    public URI url() {
        return URI.create("wss://localhost:" + port + "/agent/channel");
    }

    public URI manager() {
        return URI.create("https://localhost:" + port + "/");
    }

    @Override
    public void close() {
        stop();
    }
}
