package io.burnish.host.hub;

import io.burnish.contracts.ContractJson;
import io.burnish.contracts.agent.ActionCommand;
import io.burnish.contracts.agent.FromAgent;
import io.burnish.contracts.agent.ToAgent;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/**
 * The connection of one agent.
 *
 * <p>Frames that arrive are handled in their order by one virtual thread at a time, which exists only while there is something to
 * do: an idle connection costs no thread. When more than {@value #MOST_FRAMES} frames or {@value #MOST_CHARS} characters wait, the
 * socket is paused until the queue is short again, so a busy hub slows agents down instead of growing.
 *
 * <p>What is sent before the welcome waits for it: the welcome is the first frame of a session.
 */
final class AgentConnection {

    private static final int MOST_FRAMES = 256;
    private static final int FEW_FRAMES = 32;
    private static final int MOST_CHARS = 4 << 20;

    private final long hostId;
    private final String fqdn;
    private final String serial;
    private final String sessionId = UUID.randomUUID().toString();
    private final ServerWebSocket socket;
    private final BiConsumer<AgentConnection, List<Arrival>> frames;
    /** Actions handed over in this session, for their console: what an agent says of other actions is not believed. */
    private final Map<String, ActionCommand.JobStep> running = new ConcurrentHashMap<>(4);

    private final ArrayDeque<Arrival> queue = new ArrayDeque<>(4);
    private int queuedChars;
    private boolean working;
    private boolean paused;
    private List<ToAgent> early = new ArrayList<>(0);
    private volatile FromAgent.Hello hello;
    private volatile boolean closed;
    private volatile long heardAt = System.nanoTime();
    private volatile long pingedAt = heardAt;

    /** A frame, and when it came. */
    record Arrival(String text, Instant at) {}

    AgentConnection(
            AgentCertificates.Verdict.Known who,
            String serial,
            ServerWebSocket socket,
            BiConsumer<AgentConnection, List<Arrival>> frames) {
        this.hostId = who.hostId();
        this.fqdn = who.fqdn();
        this.serial = serial;
        this.socket = socket;
        this.frames = frames;
    }

    long hostId() {
        return hostId;
    }

    String fqdn() {
        return fqdn;
    }

    String serial() {
        return serial;
    }

    /** Identity of the session that this connection is. */
    String sessionId() {
        return sessionId;
    }

    /** What the agent said of itself; empty before its greeting. */
    Optional<FromAgent.Hello> hello() {
        return Optional.ofNullable(hello);
    }

    void greeted(FromAgent.Hello greeting) {
        hello = greeting;
    }

    /** Something arrived that is not to be handled, for example an answer to a ping. */
    void heard() {
        heardAt = System.nanoTime();
    }

    /** How long nothing has been heard; nothing while the socket is paused, for then nobody listens. */
    synchronized Duration silence() {
        return paused ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - heardAt);
    }

    /** A frame arrived. */
    void received(String frame) {
        heard();
        Instant at = Instant.now();
        synchronized (this) {
            queue.add(new Arrival(frame, at));
            queuedChars += frame.length();
            if (!paused && (queue.size() > MOST_FRAMES || queuedChars > MOST_CHARS)) {
                paused = true;
                socket.pause();
            }
            if (!working) {
                working = true;
                Thread.ofVirtual().name("agent-" + fqdn).start(this::work);
            }
        }
    }

    private void work() {
        while (true) {
            List<Arrival> next = next();
            if (next.isEmpty()) {
                return;
            }
            frames.accept(this, next);
        }
    }

    private synchronized List<Arrival> next() {
        List<Arrival> next = new ArrayList<>(queue);
        queue.clear();
        queuedChars = 0;
        if (next.isEmpty()) {
            working = false;
        }
        if (paused && next.size() <= FEW_FRAMES) {
            paused = false;
            heard();
            socket.resume();
        }
        return next;
    }

    /** Sends a frame, after the welcome. A closed connection swallows it. */
    void send(ToAgent frame) {
        synchronized (this) {
            if (early != null) {
                early.add(frame);
                return;
            }
        }
        write(frame);
    }

    /** Sends the welcome, then what waited for it. */
    void welcome(Duration heartbeat) {
        write(new ToAgent.Welcome(sessionId, hostId, Math.max(1, (int) heartbeat.toSeconds())));
        while (true) {
            List<ToAgent> waiting;
            synchronized (this) {
                waiting = early;
                if (waiting.isEmpty()) {
                    early = null;
                    return;
                }
                early = new ArrayList<>(0);
            }
            waiting.forEach(this::write);
        }
    }

    private void write(ToAgent frame) {
        if (!closed) {
            socket.writeTextMessage(ContractJson.text((Object) frame));
        }
    }

    void started(String actionId, ActionCommand.JobStep job) {
        if (job != null) {
            running.put(actionId, job);
        }
    }

    void ended(String actionId) {
        running.remove(actionId);
    }

    /** The job that an action of this session belongs to. */
    Optional<ActionCommand.JobStep> jobOf(String actionId) {
        return Optional.ofNullable(running.get(actionId));
    }

    void pingIfDue(Duration interval) {
        long now = System.nanoTime();
        if (!closed && now - pingedAt >= interval.toNanos()) {
            pingedAt = now;
            socket.writePing(Buffer.buffer());
        }
    }

    /** Ends the connection with a reason for the agent's log. */
    void close(String reason) {
        closed = true;
        socket.close((short) 1000, reason);
    }

    boolean closed() {
        return closed;
    }

    /** Nothing can be sent any more. */
    void markClosed() {
        closed = true;
    }

    @Override
    public String toString() {
        return fqdn + " (server " + hostId + ")";
    }
}
