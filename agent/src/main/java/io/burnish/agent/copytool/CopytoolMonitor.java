package io.burnish.agent.copytool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.agent.config.ConfigStore;
import io.burnish.agent.config.ConfigStore.Section;
import io.burnish.agent.system.CommandLine;
import io.burnish.agent.system.CommandNotFoundException;
import io.burnish.agent.system.CommandResult;
import io.burnish.agent.system.HostSystem;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/** The monitor process of a copytool: reads its events from a FIFO and relays them to the manager (agent contract, 13.2). */
public final class CopytoolMonitor {

    private static final int FAILED = 1;

    private CopytoolMonitor() {}

    /**
     * Runs until the calling thread is interrupted; what was read is sent then, if the manager takes it at once.
     *
     * @return an exit status
     */
    public static int run(HostSystem host, Vertx vertx, String id) throws IOException {
        ConfigStore store = new ConfigStore(host);
        Optional<JsonNode> server = store.get(Section.SETTINGS, "server", JsonNode.class);
        if (server.isEmpty()) {
            System.err.println("this server is not registered");
            return FAILED;
        }
        URI hub = URI.create(server.get().path("hub_url").asText());
        try (HubPost post = new HubPost(vertx, host, hub)) {
            return run(host, id, post);
        }
    }

    static int run(HostSystem host, String id, EventRelay.Post post) throws IOException {
        Optional<Copytool> copytool = new ConfigStore(host).get(Section.COPYTOOLS, id, Copytool.class);
        if (copytool.isEmpty()) {
            System.err.println("copytool " + id + " is not configured");
            return FAILED;
        }
        try {
            return watch(host, copytool.get(), post);
        } catch (InterruptedException e) {
            return 0;
        }
    }

    private static int watch(HostSystem host, Copytool copytool, EventRelay.Post post)
            throws IOException, InterruptedException {
        Path fifo = Path.of(copytool.fifo());
        if (!host.exists(fifo)) {
            CommandResult made = host.run(CommandLine.of("mkfifo", "-m", "0600", fifo.toString()));
            if (!made.ok()) {
                System.err.println(made.stderr().strip());
                return FAILED;
            }
        }
        if (read(host, fifo)) {
            System.err.println("another process reads " + fifo);
            return FAILED;
        }
        EventRelay relay = new EventRelay(envelope(host, copytool), post);
        Thread sender = Thread.ofVirtual().name("relay").start(relay);
        try {
            while (true) {
                // the end of the file means that the copytool went away: wait for the next one
                host.follow(fifo, line -> CopytoolEventLine.read(line).ifPresent(relay::add));
            }
        } finally {
            sender.interrupt();
            lastWords(sender, relay);
        }
    }

    /** Whoever stops the copytool wants to know how it ended. */
    private static void lastWords(Thread sender, EventRelay relay) {
        boolean interrupted = Thread.interrupted();
        try {
            sender.join();
            relay.sendPending();
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static ObjectNode envelope(HostSystem host, Copytool copytool) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("fqdn", host.names().fqdn())
                .put("copytool", copytool.id())
                .put("run", copytool.run())
                .put("monitor", UUID.randomUUID().toString());
    }

    private static boolean read(HostSystem host, Path fifo) throws InterruptedException {
        try {
            return hasReader(host.run(CommandLine.of("lsof", "-F", "pan0", fifo.toString()))
                    .stdout());
        } catch (CommandNotFoundException e) {
            return false;
        }
    }

    /** Reads {@code lsof -F pan0}: whether a process has the file open for reading. */
    static boolean hasReader(String stdout) {
        return stdout.lines()
                .flatMap(line -> Arrays.stream(line.split("\0")))
                .anyMatch(field -> field.equals("ar") || field.equals("au"));
    }
}
