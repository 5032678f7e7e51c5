package io.burnish.benchmarks.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.benchmarks.measure.Latencies;
import io.burnish.standalone.client.ApiClient;
import io.burnish.standalone.client.ApiReply;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Twenty-four hours of a hundred series (ten of each of ten targets), asked again and again with pauses, as an open console does. */
final class RangeQueries implements Runnable {

    private static final int TARGETS = 10;
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final ApiClient client;
    private final String path;
    private final Latencies latencies = new Latencies();
    private volatile boolean measuring;
    private volatile boolean stopping;
    private String problem;

    RangeQueries(ApiClient client, Instant end) {
        this.client = client;
        String ids = IntStream.range(0, TARGETS).mapToObj(Integer::toString).collect(Collectors.joining(","));
        this.path = "/api/target/metric/?id__in=%s&metrics=%s&begin=%s&end=%s"
                .formatted(ids, String.join(",", Samples.ten()), end.minus(Duration.ofHours(24)), end);
    }

    /** Asks once; the answer must hold what was asked for. */
    void once() throws IOException {
        ApiReply reply = client.get(path);
        JsonNode answer = reply.body();
        List<Integer> points = answer.valueStream().map(JsonNode::size).toList();
        if (points.size() != TARGETS || points.stream().anyMatch(size -> size < 200)) {
            throw new IOException("not the expected series: " + points);
        }
        if (answer.at("/0/100/data").size() != Samples.ten().size()) {
            throw new IOException("not the expected figures: " + answer.at("/0/100"));
        }
    }

    void beginMeasuring() {
        measuring = true;
    }

    @Override
    public void run() {
        while (!stopping) {
            long begin = System.nanoTime();
            try {
                once();
            } catch (IOException | RuntimeException e) {
                problem = e.toString();
            }
            if (measuring) {
                latencies.add(System.nanoTime() - begin);
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    void stop() {
        stopping = true;
    }

    Latencies latencies() {
        return latencies;
    }

    /** Why the last one that failed did; {@code null}: none did. */
    String problem() {
        return problem;
    }
}
