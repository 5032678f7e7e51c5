package io.burnish.benchmarks.hosts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.benchmarks.lab.Lab;
import io.burnish.benchmarks.measure.ClosedLoop;
import io.burnish.benchmarks.measure.ClosedLoop.Result;
import io.burnish.benchmarks.measure.ProcessorTime;
import io.burnish.benchmarks.report.Figure;
import io.burnish.benchmarks.report.Report;
import io.burnish.standalone.client.ApiClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * The list of servers, four times: at the host-service, through the gateway, and by hand with and without HTTP. All answer with the
 * same objects, which is checked first.
 */
public final class HostsBenchmark {

    private static final List<String> OFFERS =
            List.of("available_transitions", "available_jobs", "available_actions", "locks");

    private static final String LIST = "/api/host/?limit=20";
    private static final String BY_HAND = "by-hand";

    private final Settings settings;

    /**
     * How.
     *
     * @param servers rows in the database
     * @param callers at the same time
     * @param warmUp of each of the four
     * @param measured of each of the four
     */
    public record Settings(int servers, int callers, Duration warmUp, Duration measured) {}

    /** One with these settings. */
    public HostsBenchmark(Settings settings) {
        this.settings = settings;
    }

    /** Measures on fresh data in a directory. */
    public Report run(Path data) throws IOException, InterruptedException, SQLException, GeneralSecurityException {
        Vertx vertx = Vertx.vertx();
        try (Lab lab = Lab.start(data, Map.of())) {
            HostSeed.write(lab.postgres(), settings.servers());
            try (HandWrittenProcess byHand = HandWrittenProcess.start(lab.postgres())) {
                Report report = measure(lab, vertx, byHand);
                lab.requireNoRestarts();
                return report;
            }
        } finally {
            vertx.close();
        }
    }

    private Report measure(Lab lab, Vertx vertx, HandWrittenProcess byHand)
            throws IOException, InterruptedException, GeneralSecurityException {
        HandWrittenList list = new HandWrittenList(vertx, lab.postgres());
        HttpLoad bare = HttpLoad.plain(
                vertx, settings.callers(), URI.create("http://127.0.0.1:" + byHand.port() + LIST), Map::of);
        HttpLoad direct = direct(lab, vertx);
        HttpLoad gateway = gateway(lab, vertx);
        requireSame(direct.body(), gateway.body(), bare.body(), list.page());
        ProcessorTime.Meter meter = ProcessorTime.of(() -> {
            Map<String, ProcessHandle> all = new LinkedHashMap<>(lab.processes());
            all.put(BY_HAND, byHand.handle());
            return all;
        });
        Result noHttp = load(vertx, meter, () -> list.page().mapEmpty());
        Result overHttp = load(vertx, meter, bare::once);
        Result atOwner = load(vertx, meter, direct::once);
        Result throughGateway = load(vertx, meter, gateway::once);
        List<Figure> figures = new ArrayList<>();
        figures.addAll(figures("by hand without HTTP", noHttp, null, "benchmark", "postgres"));
        figures.addAll(figures("by hand", overHttp, null, BY_HAND, "postgres"));
        figures.addAll(figures("host-service", atOwner, overHttp, "host-service", "postgres"));
        figures.addAll(figures("gateway, HTTPS", throughGateway, overHttp, "gateway", "host-service", "postgres"));
        return report(figures, List.of(noHttp, overHttp, atOwner, throughGateway));
    }

    private HttpLoad direct(Lab lab, Vertx vertx) throws IOException, GeneralSecurityException {
        UserToken token = UserToken.signedIn(lab.suite().data().pki());
        return HttpLoad.plain(
                vertx,
                settings.callers(),
                lab.suite().serviceUrl("host-service").resolve(LIST),
                () -> Map.of("Authorization", "Bearer " + token.value()));
    }

    private HttpLoad gateway(Lab lab, Vertx vertx) throws IOException {
        ApiClient session = lab.login();
        return HttpLoad.tls(
                vertx,
                settings.callers(),
                lab.suite().url().resolve(LIST),
                lab.suite().authority(),
                Map.of("Cookie", "sessionid=" + session.cookie("sessionid")));
    }

    private Result load(Vertx vertx, ProcessorTime.Meter meter, Supplier<Future<Void>> request)
            throws InterruptedException {
        return ClosedLoop.run(vertx, settings.callers(), settings.warmUp(), settings.measured(), meter, request);
    }

    private static List<Figure> figures(String who, Result result, Result baseline, String... processes) {
        List<Figure> figures = new ArrayList<>();
        figures.add(beside(Figure.higher(who + ": requests", result.perSecond(), "1/s"), baseline, Result::perSecond));
        for (int percent : List.of(50, 99)) {
            figures.add(beside(
                    Figure.lower(who + ": p" + percent, result.latencies().percentileMillis(percent), "ms"),
                    baseline,
                    other -> other.latencies().percentileMillis(percent)));
        }
        figures.add(beside(
                Figure.lower(who + ": CPU of a request", perRequest(result, processes), "µs"),
                baseline,
                other -> perRequest(other, BY_HAND, "postgres")));
        for (String process : processes) {
            figures.add(Figure.lower(who + ": of it " + process, perRequest(result, process), "µs"));
        }
        return figures;
    }

    private static Figure beside(Figure figure, Result baseline, ToDoubleFunction<Result> number) {
        return baseline == null ? figure : figure.beside("by hand", number.applyAsDouble(baseline));
    }

    private static double perRequest(Result result, String... processes) {
        return result.usage().micros(processes) / result.latencies().count();
    }

    private Report report(List<Figure> figures, List<Result> results) {
        long failures = results.stream().mapToLong(Result::failures).sum();
        List<String> notes = new ArrayList<>();
        notes.add("GET %s, %d servers, %d callers, %d s of warm-up and %d s measured each"
                .formatted(
                        LIST,
                        settings.servers(),
                        settings.callers(),
                        settings.warmUp().toSeconds(),
                        settings.measured().toSeconds()));
        results.stream()
                .map(Result::firstFailure)
                .filter(Objects::nonNull)
                .findFirst()
                .ifPresent(failure -> notes.add("first failure: " + failure));
        return new Report(figures, failures, notes);
    }

    /** The baseline is one only if it does the same. */
    @SafeVarargs
    private void requireSame(Future<String>... answers) throws IOException, InterruptedException {
        List<JsonNode> pages = new ArrayList<>();
        for (Future<String> answer : answers) {
            pages.add(withoutOffers(new ObjectMapper().readTree(await(answer))));
        }
        JsonNode first = pages.getFirst();
        if (first.path("objects").size() != 20
                || first.path("meta").path("total_count").asInt() != settings.servers()) {
            throw new IllegalStateException("not the expected page of servers: " + first.path("meta"));
        }
        for (JsonNode page : pages) {
            if (!page.path("objects").equals(first.path("objects"))
                    || !page.path("meta")
                            .path("total_count")
                            .equals(first.path("meta").path("total_count"))) {
                throw new IllegalStateException("the lists differ, so nothing can be compared:\n%s\n%s"
                        .formatted(
                                first.path("objects").path(0),
                                page.path("objects").path(0)));
            }
        }
    }

    /** What is offered for a server is computed by rules, which no hand-written query has; the other legs carry it all the same. */
    private static JsonNode withoutOffers(JsonNode page) {
        page.path("objects").forEach(server -> ((ObjectNode) server).remove(OFFERS));
        return page;
    }

    private static String await(Future<String> answer) throws InterruptedException, IOException {
        try {
            return answer.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("no list of servers: " + e, e);
        }
    }
}
