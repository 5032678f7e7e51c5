package io.burnish.host.hub;

import com.fasterxml.jackson.databind.node.TextNode;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.agent.ActionOutcome;
import io.burnish.contracts.agent.FromAgent;
import io.burnish.contracts.agent.ToAgent;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** The agent's side of the wire, doing exactly what a test says: a real TLS WebSocket client without an agent behind it. */
public final class ScriptedAgent implements AutoCloseable {

    private final Vertx vertx;
    private final int port;
    private final AgentIdentity identity;
    private final String authority;
    private final String fqdn;
    public final String epoch = UUID.randomUUID().toString();
    public volatile String bootId = "boot-1";
    public final List<ToAgent> received = new CopyOnWriteArrayList<>();
    private volatile Consumer<ToAgent> reaction = frame -> {};
    private volatile WebSocketClient client;
    private volatile WebSocket socket;
    private volatile Wire wire;
    private volatile boolean closed;

    public ScriptedAgent(Vertx vertx, int port, AgentIdentity identity, String authority, String fqdn) {
        this.vertx = vertx;
        this.port = port;
        this.identity = identity;
        this.authority = authority;
        this.fqdn = fqdn;
    }

    /** What to do with each frame. */
    public ScriptedAgent reacting(Consumer<ToAgent> newReaction) {
        reaction = newReaction;
        return this;
    }

    /** Answers every action at once with its own name. */
    public ScriptedAgent answering() {
        return reacting(frame -> {
            if (frame instanceof ToAgent.RunAction run) {
                succeed(run.actionId(), run.action());
            }
        });
    }

    /** Connects and greets; throws if the hub refuses. */
    public ScriptedAgent connect(String... knownActions) throws Exception {
        open();
        send(new FromAgent.Hello(1, "1.0.0", fqdn, fqdn, epoch, bootId, Instant.now(), List.of(knownActions)));
        return this;
    }

    /** Connects without greeting. */
    public ScriptedAgent open() throws Exception {
        client = vertx.createWebSocketClient(new WebSocketClientOptions()
                .setSsl(true)
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
                .setMaxMessageSize(16 << 20)
                .setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(authority)))
                .setKeyCertOptions(
                        identity == null
                                ? null
                                : new PemKeyCertOptions()
                                        .addKeyValue(Buffer.buffer(identity.keyPem()))
                                        .addCertValue(Buffer.buffer(identity.certificatePem()))));
        wire = Wire.to(vertx, port);
        socket = await(client.connect(new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(wire.port())
                .setSsl(true)
                .setURI("/agent/channel")));
        closed = false;
        socket.closeHandler(nothing -> closed = true);
        socket.textMessageHandler(text -> {
            ToAgent frame = ContractJson.read(text, ToAgent.class);
            received.add(frame);
            reaction.accept(frame);
        });
        return this;
    }

    public void send(FromAgent frame) {
        socket.writeTextMessage(ContractJson.text((Object) frame));
    }

    public void succeed(String actionId, String value) {
        send(new FromAgent.Outcome(
                actionId,
                new ActionOutcome.Succeeded(
                        TextNode.valueOf(value),
                        List.of(new ActionOutcome.CommandRecord(List.of("true"), 0, "", "")))));
    }

    /** Sends a plain request with the agent's certificate; returns the status of the answer. */
    public int post(String path, String body) throws Exception {
        HttpClient http = vertx.createHttpClient(new HttpClientOptions()
                .setSsl(true)
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
                .setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(authority)))
                .setKeyCertOptions(new PemKeyCertOptions()
                        .addKeyValue(Buffer.buffer(identity.keyPem()))
                        .addCertValue(Buffer.buffer(identity.certificatePem()))));
        try {
            return await(http.request(HttpMethod.POST, port, "127.0.0.1", path)
                    .compose(request -> request.send(body))
                    .map(HttpClientResponse::statusCode));
        } finally {
            http.close();
        }
    }

    public <T extends ToAgent> List<T> received(Class<T> type) {
        return received.stream().filter(type::isInstance).map(type::cast).toList();
    }

    public boolean closed() {
        return closed;
    }

    /** Cuts the wire without closing it: from now on the hub hears nothing, not even answers to pings. */
    public void freeze() {
        wire.freeze();
    }

    @Override
    public void close() {
        if (client != null) {
            client.close();
        }
        if (wire != null) {
            wire.close();
        }
    }

    static <T> T await(io.vertx.core.Future<T> future) throws Exception {
        try {
            return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        } catch (TimeoutException e) {
            throw new AssertionError("the hub did not answer", e);
        }
    }
}
