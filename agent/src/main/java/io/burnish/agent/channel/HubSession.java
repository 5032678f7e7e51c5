package io.burnish.agent.channel;

import io.burnish.agent.AgentTimings;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.MalformedMessageException;
import io.burnish.contracts.agent.FromAgent;
import io.burnish.contracts.agent.ToAgent;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One connection to the hub, from the greeting to the end. The event loop only moves messages into a queue; they are handled on the
 * session's thread, and frames are sent on another, one at a time, so that a slow hub slows the agent down instead of filling its
 * memory.
 */
final class HubSession {

    private static final System.Logger LOG = System.getLogger(HubSession.class.getName());
    private static final int MISSED_HEARTBEATS = 3;

    private final Outbox outbox;
    private final HubListener listener;
    private final AgentTimings.Channel timings;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private volatile long lastHeard = System.nanoTime();
    private volatile boolean open = true;

    HubSession(Outbox outbox, HubListener listener, AgentTimings.Channel timings) {
        this.outbox = outbox;
        this.listener = listener;
        this.timings = timings;
    }

    private sealed interface Event {
        record Text(String text) implements Event {}

        record Closed(String reason) implements Event {}
    }

    /**
     * Connects, greets, and serves the connection until it ends.
     *
     * @return why it ended
     * @throws IOException if it did not come to a welcome
     */
    String run(WebSocketClient client, URI hub, FromAgent.Hello hello, Runnable welcomed)
            throws IOException, InterruptedException {
        ClientWebSocket socket = client.webSocket();
        socket.textMessageHandler(text -> heard(new Event.Text(text)));
        socket.pongHandler(pong -> lastHeard = System.nanoTime());
        socket.closeHandler(nothing -> events.add(new Event.Closed(reason(socket))));
        socket.exceptionHandler(cause -> LOG.log(System.Logger.Level.DEBUG, "channel", cause));
        Future<WebSocket> connecting = socket.connect(options(hub));
        try {
            await(connecting, timings.connect());
            await(socket.writeTextMessage(ContractJson.text(hello)), timings.connect());
            ToAgent.Welcome welcome = awaitWelcome();
            welcomed.run();
            return serve(socket, welcome);
        } finally {
            open = false;
            // also a connection that comes about after we have given up
            connecting.onSuccess(WebSocket::close);
        }
    }

    private String serve(ClientWebSocket socket, ToAgent.Welcome welcome) throws InterruptedException {
        Duration heartbeat = Duration.ofSeconds(Math.max(1, welcome.heartbeatSeconds()));
        outbox.open(welcome.hostId());
        Thread sender = Thread.ofVirtual().name("channel-sender").start(() -> send(socket, heartbeat));
        try {
            listener.welcomed(welcome);
            return receive(heartbeat);
        } finally {
            sender.interrupt();
            outbox.close();
            listener.disconnected();
        }
    }

    private String receive(Duration heartbeat) throws InterruptedException {
        while (true) {
            switch (events.poll(heartbeat.toMillis(), TimeUnit.MILLISECONDS)) {
                case Event.Text text -> handle(text.text());
                case Event.Closed closed -> {
                    return closed.reason();
                }
                case null -> {
                    if (System.nanoTime() - lastHeard > MISSED_HEARTBEATS * heartbeat.toNanos()) {
                        return "nothing heard for " + MISSED_HEARTBEATS * heartbeat.toSeconds() + " s";
                    }
                }
            }
        }
    }

    private void handle(String text) {
        try {
            listener.received(ContractJson.read(text, ToAgent.class));
        } catch (MalformedMessageException e) {
            // a newer hub may say things that this agent does not know
            LOG.log(System.Logger.Level.WARNING, "message of the hub not understood", e);
        }
    }

    private void send(ClientWebSocket socket, Duration heartbeat) {
        try {
            Duration quiet = heartbeat.dividedBy(2);
            long pinged = System.nanoTime();
            while (open) {
                FromAgent frame = outbox.next(quiet).orElse(new FromAgent.Heartbeat());
                await(socket.writeTextMessage(ContractJson.text(frame)), heartbeat.multipliedBy(MISSED_HEARTBEATS));
                // also while there is always something to send: the answer is how the hub is heard when it has nothing
                // to say
                long now = System.nanoTime();
                if (frame instanceof FromAgent.Heartbeat || now - pinged >= quiet.toNanos()) {
                    pinged = now;
                    socket.writePing(Buffer.buffer("burnish"));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            events.add(new Event.Closed("cannot send: " + e.getMessage()));
        }
    }

    private ToAgent.Welcome awaitWelcome() throws IOException, InterruptedException {
        Event first = events.poll(timings.connect().toMillis(), TimeUnit.MILLISECONDS);
        if (first instanceof Event.Text text
                && ContractJson.read(text.text(), ToAgent.class) instanceof ToAgent.Welcome welcome) {
            return welcome;
        }
        throw new IOException(
                switch (first) {
                    case null -> "the hub did not answer the greeting";
                    case Event.Closed closed -> "the hub ended the connection: " + closed.reason();
                    case Event.Text text -> "the hub did not greet back";
                });
    }

    private void heard(Event event) {
        lastHeard = System.nanoTime();
        events.add(event);
    }

    private static WebSocketConnectOptions options(URI hub) {
        int port = hub.getPort() < 0 ? 443 : hub.getPort();
        return new WebSocketConnectOptions()
                .setHost(hub.getHost())
                .setPort(port)
                .setSsl(true)
                .setURI(hub.getRawPath() + (hub.getRawQuery() == null ? "" : "?" + hub.getRawQuery()));
    }

    private static String reason(ClientWebSocket socket) {
        Short status = socket.closeStatusCode();
        return status == null ? "connection lost" : "closed by the hub: " + status + " " + socket.closeReason();
    }

    private static <T> T await(Future<T> future, Duration time) throws IOException, InterruptedException {
        try {
            return future.toCompletionStage().toCompletableFuture().get(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().toString(), e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + time.toSeconds() + " s", e);
        }
    }
}
