package io.burnish.agent.channel;

import io.burnish.agent.AgentTimings;
import io.burnish.agent.Life;
import io.burnish.agent.registration.HubTls;
import io.burnish.contracts.agent.FromAgent;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** Keeps a connection to the hub: connects, and connects again after each end, with growing pauses between failures. */
public final class Channel implements Runnable {

    private static final System.Logger LOG = System.getLogger(Channel.class.getName());

    private final Vertx vertx;
    private final URI hub;
    private final HubTls tls;
    private final AgentTimings.Channel timings;
    private final Life life;
    private final Outbox outbox;
    private final HubListener listener;
    private final Supplier<FromAgent.Hello> hello;

    /**
     * A channel.
     *
     * @param hub {@code wss://…}
     * @param hello the greeting, made anew for each connection
     * @throws IllegalArgumentException if the address is not one with TLS
     */
    public Channel(
            Vertx vertx,
            URI hub,
            HubTls tls,
            AgentTimings.Channel timings,
            Life life,
            Outbox outbox,
            HubListener listener,
            Supplier<FromAgent.Hello> hello) {
        if (!"wss".equals(hub.getScheme()) || hub.getHost() == null) {
            throw new IllegalArgumentException("the hub's address must begin with wss://, it is " + hub);
        }
        this.vertx = vertx;
        this.hub = hub;
        this.tls = tls;
        this.timings = timings;
        this.life = life;
        this.outbox = outbox;
        this.listener = listener;
        this.hello = hello;
    }

    @Override
    public void run() {
        Backoff backoff = new Backoff(timings, ThreadLocalRandom.current());
        try {
            while (!life.ended()) {
                connectOnce(backoff);
                life.pause(backoff.pause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Life.LifeEndedException e) {
            LOG.log(System.Logger.Level.DEBUG, "channel to {0} ended", hub);
        }
    }

    /** With a client of its own, which reads key and certificates anew: they change when the server registers again. */
    private void connectOnce(Backoff backoff) throws InterruptedException {
        WebSocketClient client = vertx.createWebSocketClient(tls.webSocket());
        try {
            HubSession session = new HubSession(outbox, listener, timings);
            String end = session.run(client, hub, hello.get(), backoff::reset);
            LOG.log(System.Logger.Level.INFO, "connection to {0} ended: {1}", hub, end);
        } catch (Life.LifeEndedException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "no connection to " + hub + ": " + e.getMessage());
        } finally {
            client.close();
        }
    }
}
