package io.burnish.benchmarks.put;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.benchmarks.lab.Lab;
import io.burnish.benchmarks.lab.SimulatedServers;
import io.burnish.benchmarks.measure.Latencies;
import io.burnish.benchmarks.report.Figure;
import io.burnish.benchmarks.report.Report;
import io.burnish.standalone.client.ApiClient;
import io.burnish.standalone.client.ApiReply;
import io.burnish.standalone.client.CommandWatch;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;

/**
 * LNet of four simulated servers is stopped and started, one after the other, with nothing else going on: how long until the wish is
 * accepted, how long until the agent runs the first command, how long until the command has ended.
 */
public final class PutBenchmark {

    private static final Duration LIMIT = Duration.ofMinutes(1);
    /** What agents run first when they start and stop LNet, and at no other time. */
    private static final Pattern FIRST_COMMAND = Pattern.compile("lctl net (up|down)|rmmod .*");

    private final Settings settings;

    /**
     * How.
     *
     * @param warmUp transitions that do not count
     * @param measured transitions that count
     */
    public record Settings(int warmUp, int measured) {}

    /** One with these settings. */
    public PutBenchmark(Settings settings) {
        this.settings = settings;
    }

    /** LNet of a server, and its state now. */
    private record Lnet(String uri, String server, boolean up) {

        Lnet turned() {
            return new Lnet(uri, server, !up);
        }

        Map<String, String> wish() {
            return Map.of("state", up ? "lnet_down" : "lnet_up");
        }
    }

    private static final class Found {
        final Latencies read = new Latencies();
        final Latencies accepted = new Latencies();
        final Latencies begun = new Latencies();
        final Latencies ended = new Latencies();
        final Latencies hops = new Latencies();
        final List<String> failures = new ArrayList<>();
    }

    /** Measures on fresh data in a directory. */
    public Report run(Path data) throws IOException, InterruptedException, SQLException, ExecutionException {
        try (Lab lab = Lab.start(data, Map.of())) {
            ApiClient client = lab.login();
            SimulatedServers servers = new SimulatedServers(lab.suite().simulator());
            servers.addTo(client);
            List<Lnet> lnets = new ArrayList<>(lnets(client));
            Found found = new Found();
            try (BareHops hops = new BareHops(lab.postgres(), lab.kafka());
                    CommandEnds ends = new CommandEnds(lab.postgres())) {
                for (int i = 0; i < settings.warmUp() + settings.measured(); i++) {
                    int turn = i % lnets.size();
                    Found notes = i < settings.warmUp() ? new Found() : found;
                    notes.hops.add(hops.go());
                    transition(client, servers, ends, lnets.get(turn), notes);
                    lnets.set(turn, lnets.get(turn).turned());
                }
            }
            lab.requireNoRestarts();
            return report(found);
        }
    }

    private static List<Lnet> lnets(ApiClient client) {
        List<Lnet> lnets = new ArrayList<>();
        for (JsonNode lnet : objects(client, "/api/lnet_configuration/?limit=0")) {
            String server = client.get(lnet.path("host").asText())
                    .orThrow("the server of an LNet configuration")
                    .path("fqdn")
                    .asText();
            lnets.add(new Lnet(
                    lnet.path("resource_uri").asText(),
                    server,
                    lnet.path("state").asText().equals("lnet_up")));
        }
        return lnets;
    }

    private static JsonNode objects(ApiClient client, String path) {
        return client.get(path).orThrow("GET " + path).path("objects");
    }

    private static void transition(ApiClient client, SimulatedServers servers, CommandEnds ends, Lnet lnet, Found notes)
            throws SQLException {
        long beforeRead = System.nanoTime();
        client.get(lnet.uri()).orThrow("GET " + lnet.uri());
        notes.read.add(System.nanoTime() - beforeRead);
        Instant asked = Instant.now();
        ApiReply reply = client.put(lnet.uri(), lnet.wish());
        Instant accepted = Instant.now();
        if (reply.status() != 202) {
            throw new IllegalStateException(
                    "PUT " + lnet.uri() + " " + lnet.wish() + ": HTTP " + reply.status() + " " + reply.body());
        }
        long command = reply.body().path("command").path("id").asLong();
        CommandWatch.Progress end = new CommandWatch(client).await(command, LIMIT, progress -> {});
        Optional<Instant> begun = servers.began(asked).stream()
                .filter(one -> one.server().equals(lnet.server())
                        && FIRST_COMMAND.matcher(one.line()).matches())
                .map(SimulatedServers.Began::at)
                .findFirst();
        if (!end.succeeded() || begun.isEmpty()) {
            notes.failures.add("command %d has %s %s, first command on %s: %s"
                    .formatted(command, end.state(), end.failures(), lnet.server(), begun));
            return;
        }
        notes.accepted.add(Duration.between(asked, accepted));
        notes.begun.add(Duration.between(accepted, begun.get()));
        notes.ended.add(Duration.between(asked, ends.of(command)));
    }

    private Report report(Found found) {
        List<Figure> figures = new ArrayList<>();
        for (int percent : List.of(50, 99)) {
            String suffix = ": p" + percent;
            figures.add(Figure.lower("PUT to 202" + suffix, found.accepted.percentileMillis(percent), "ms")
                    .beside("GET of the same object", found.read.percentileMillis(percent)));
            figures.add(Figure.lower(
                            "202 to first command of agent" + suffix, found.begun.percentileMillis(percent), "ms")
                    .beside(BareHops.HOPS + " bare Kafka hops and commits", found.hops.percentileMillis(percent)));
            figures.add(Figure.lower("PUT to end of command" + suffix, found.ended.percentileMillis(percent), "ms"));
        }
        List<String> notes = new ArrayList<>();
        notes.add("%d transitions of LNet on four servers, one at a time, after %d of warm-up"
                .formatted(settings.measured(), settings.warmUp()));
        found.failures.stream().findFirst().ifPresent(failure -> notes.add("first failure: " + failure));
        return new Report(figures, found.failures.size(), notes);
    }
}
