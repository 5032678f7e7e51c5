package io.burnish.benchmarks.lists;

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
import java.util.function.ToDoubleFunction;

/**
 * Lists of servers and one server, each asked four ways: by hand, at the host-service, through the gateway, and through the gateway
 * while the database changes all the time and no request is like another. All answer with the same objects, which is checked first.
 */
public final class ListsBenchmark {

    /** Answers of some megabytes are not asked for by many at once. */
    private static final int CALLERS_OF_EVERYTHING = 2;

    private static final String BY_HAND = "by-hand";

    private final Settings settings;

    /**
     * How.
     *
     * @param servers rows in the database
     * @param all rows when all of them are listed
     * @param callers at the same time
     * @param warmUp of each leg of each request
     * @param measured of each leg of each request
     */
    public record Settings(int servers, int all, int callers, Duration warmUp, Duration measured) {}

    /** One with these settings. */
    public ListsBenchmark(Settings settings) {
        this.settings = settings;
    }

    /** Measures on fresh data in a directory. */
    public Report run(Path data) throws IOException, InterruptedException, SQLException, GeneralSecurityException {
        Vertx vertx = Vertx.vertx();
        try (Lab lab = Lab.start(data, Map.of())) {
            HostSeed.write(lab.postgres(), 1, settings.servers());
            try (HandWrittenProcess byHand = HandWrittenProcess.start(lab.postgres(), offers(lab, vertx))) {
                Legs legs = new Legs(lab, vertx, byHand);
                Findings findings = new Findings(new ArrayList<>(), new ArrayList<>());
                for (ListRequest request : List.of(ListRequest.PAGE, ListRequest.FILTERED, ListRequest.DETAIL)) {
                    measure(legs, request, settings.callers(), findings);
                }
                HostSeed.write(lab.postgres(), settings.servers() + 1, settings.all());
                measure(legs, ListRequest.EVERYTHING, CALLERS_OF_EVERYTHING, findings);
                lab.requireNoRestarts();
                return report(findings);
            }
        } finally {
            vertx.close();
        }
    }

    private static OfferTexts offers(Lab lab, Vertx vertx)
            throws IOException, InterruptedException, GeneralSecurityException {
        return OfferTexts.of(new ObjectMapper()
                .readTree(await(atOwner(lab, vertx, ListRequest.DETAIL, 1).body())));
    }

    private static HttpLoad atOwner(Lab lab, Vertx vertx, ListRequest request, int callers)
            throws IOException, GeneralSecurityException {
        UserToken token = UserToken.signedIn(lab.suite().data().pki());
        return HttpLoad.plain(
                vertx,
                callers,
                lab.suite().serviceUrl("host-service").resolve(request.path()),
                () -> Map.of("Authorization", "Bearer " + token.value()));
    }

    private record Findings(List<Figure> figures, List<Result> results) {}

    /** Whom to ask. */
    private record Legs(Lab lab, Vertx vertx, HandWrittenProcess byHand) {

        HttpLoad bare(ListRequest request, int callers) {
            URI url = URI.create("http://127.0.0.1:" + byHand.port() + request.path());
            return HttpLoad.plain(vertx, callers, url, Map::of);
        }

        HttpLoad owner(ListRequest request, int callers) throws IOException, GeneralSecurityException {
            return atOwner(lab, vertx, request, callers);
        }

        HttpLoad gateway(ListRequest request, int callers) throws IOException {
            ApiClient session = lab.login();
            return HttpLoad.tls(
                    vertx,
                    callers,
                    lab.suite().url().resolve(request.path()),
                    lab.suite().authority(),
                    Map.of("Cookie", "sessionid=" + session.cookie("sessionid")));
        }

        ProcessorTime.Meter meter() {
            return ProcessorTime.of(() -> {
                Map<String, ProcessHandle> all = new LinkedHashMap<>(lab.processes());
                all.put(BY_HAND, byHand.handle());
                return all;
            });
        }
    }

    private void measure(Legs legs, ListRequest request, int callers, Findings findings)
            throws IOException, InterruptedException, SQLException, GeneralSecurityException {
        HttpLoad bare = legs.bare(request, callers);
        HttpLoad owner = legs.owner(request, callers);
        HttpLoad gateway = legs.gateway(request, callers);
        requireSame(request, owner.body(), gateway.body(), bare.body());
        Result byHand = load(legs, callers, bare);
        Result atOwner = load(legs, callers, owner);
        Result throughGateway = load(legs, callers, gateway);
        Result anew;
        try (Changes _ = Changes.begin(legs.lab().postgres())) {
            anew = load(legs, callers, gateway.numbered());
        }
        String what = request.title() + ", ";
        findings.figures().addAll(figures(what + "by hand", byHand, null, BY_HAND, "postgres"));
        findings.figures().addAll(figures(what + "host-service", atOwner, byHand, "host-service", "postgres"));
        findings.figures()
                .addAll(figures(what + "gateway", throughGateway, byHand, "gateway", "host-service", "postgres"));
        findings.figures().addAll(figures(what + "gateway, anew", anew, byHand, "gateway", "host-service", "postgres"));
        findings.results().addAll(List.of(byHand, atOwner, throughGateway, anew));
    }

    private Result load(Legs legs, int callers, HttpLoad load) throws InterruptedException {
        return ClosedLoop.run(legs.vertx(), callers, settings.warmUp(), settings.measured(), legs.meter(), load::once);
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

    private Report report(Findings findings) {
        long failures = findings.results().stream().mapToLong(Result::failures).sum();
        List<String> notes = new ArrayList<>();
        notes.add("%d servers (limit=0: %d), %d callers (limit=0: %d), %d s of warm-up and %d s measured each"
                .formatted(
                        settings.servers(),
                        settings.all(),
                        settings.callers(),
                        CALLERS_OF_EVERYTHING,
                        settings.warmUp().toSeconds(),
                        settings.measured().toSeconds()));
        findings.results().stream()
                .map(Result::firstFailure)
                .filter(Objects::nonNull)
                .findFirst()
                .ifPresent(failure -> notes.add("first failure: " + failure));
        return new Report(findings.figures(), failures, notes);
    }

    /** The baseline is one only if it does the same. */
    @SafeVarargs
    private static void requireSame(ListRequest request, Future<String>... answers)
            throws IOException, InterruptedException {
        List<JsonNode> found = new ArrayList<>();
        for (Future<String> answer : answers) {
            found.add(comparable(new ObjectMapper().readTree(await(answer))));
        }
        JsonNode first = found.getFirst();
        if (first.isEmpty()) {
            throw new IllegalStateException("nothing was found by " + request.path());
        }
        for (JsonNode other : found) {
            if (!other.equals(first)) {
                throw new IllegalStateException("the answers to %s differ, so nothing can be compared:\n%s\n%s"
                        .formatted(request.path(), start(first), start(other)));
            }
        }
    }

    private static String start(JsonNode answer) {
        String text = answer.toString();
        return text.substring(0, Math.min(2_000, text.length()));
    }

    /** What all must give: the objects and how many there are, without links to other pages. */
    private static JsonNode comparable(JsonNode answer) {
        if (answer.has("objects")) {
            ((ObjectNode) answer.path("meta")).retain("total_count");
        }
        return answer;
    }

    private static String await(Future<String> answer) throws InterruptedException, IOException {
        try {
            return answer.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("no list of servers: " + e, e);
        }
    }
}
