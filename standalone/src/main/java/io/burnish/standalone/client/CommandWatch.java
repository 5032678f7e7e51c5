package io.burnish.standalone.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Follows a command until it ends. While the API cannot answer (a restart of a service) it keeps asking. */
public final class CommandWatch {

    private static final Duration PAUSE = Duration.ofMillis(300);

    private final ApiClient client;

    /** Follows commands through a client that is logged in. */
    public CommandWatch(ApiClient client) {
        this.client = client;
    }

    /**
     * How far a command is.
     *
     * @param message what the command does
     * @param done jobs that are complete
     * @param jobs jobs in all
     * @param running descriptions of the jobs that run now
     * @param state {@code running}, {@code finished}, {@code failed} or {@code cancelled}
     * @param failures descriptions and reasons of the jobs that failed or were cancelled, the failed ones first
     */
    public record Progress(
            String message, int done, int jobs, List<String> running, String state, List<String> failures) {

        /** Whether nothing will change any more. */
        public boolean ended() {
            return !state.equals("running");
        }

        /** Whether it ended well. */
        public boolean succeeded() {
            return state.equals("finished");
        }
    }

    /**
     * Waits for the end; tells how far it is on the way.
     *
     * @throws ApiException if it has not ended after the limit
     */
    public Progress await(long commandId, Duration limit, Consumer<Progress> watcher) {
        Instant deadline = Instant.now().plus(limit);
        while (true) {
            try {
                Progress progress = progress(commandId);
                watcher.accept(progress);
                if (progress.ended()) {
                    return progress;
                }
            } catch (ApiException e) {
                if (e.status() != 0 && e.status() != 503 && e.status() != 504) {
                    throw e;
                }
            }
            if (Instant.now().isAfter(deadline)) {
                throw new ApiException("command " + commandId + " has not ended after " + limit.toSeconds() + " s", 0);
            }
            pause();
        }
    }

    /** How far it is now. */
    public Progress progress(long commandId) {
        JsonNode command = client.get("/api/command/" + commandId + "/").orThrow("GET /api/command/" + commandId + "/");
        List<JsonNode> jobs = jobs(command);
        return new Progress(
                command.path("message").asText(),
                (int) jobs.stream()
                        .filter(job -> job.path("state").asText().equals("complete"))
                        .count(),
                jobs.size(),
                descriptions(jobs, job -> job.path("state").asText().equals("tasked")),
                state(command),
                failures(jobs));
    }

    private static String state(JsonNode command) {
        if (!command.path("complete").asBoolean()) {
            return "running";
        }
        if (command.path("errored").asBoolean()) {
            return "failed";
        }
        return command.path("cancelled").asBoolean() ? "cancelled" : "finished";
    }

    private List<JsonNode> jobs(JsonNode command) {
        String ids = StreamSupport.stream(command.path("jobs").spliterator(), false)
                .map(uri -> "id__in=" + idOf(uri.asText()))
                .collect(Collectors.joining("&"));
        if (ids.isEmpty()) {
            return List.of();
        }
        List<JsonNode> jobs = new ArrayList<>();
        client.get("/api/job/?limit=0&" + ids)
                .orThrow("GET /api/job/")
                .path("objects")
                .forEach(jobs::add);
        return jobs;
    }

    private static List<String> descriptions(List<JsonNode> jobs, java.util.function.Predicate<JsonNode> which) {
        return jobs.stream()
                .filter(which)
                .map(job -> job.path("description").asText())
                .toList();
    }

    /** Causes first: what failed before what was cancelled for it. */
    private static List<String> failures(List<JsonNode> jobs) {
        return jobs.stream()
                .filter(job ->
                        job.path("errored").asBoolean() || job.path("cancelled").asBoolean())
                .sorted(Comparator.comparing(job -> !job.path("errored").asBoolean()))
                .map(job -> "%s: %s"
                        .formatted(
                                job.path("description")
                                        .asText()
                                        .lines()
                                        .findFirst()
                                        .orElse(""),
                                job.path("reason").path("sentence").asText()))
                .toList();
    }

    /** The id at the end of a link: 12 for {@code /api/job/12/}. */
    public static long idOf(String uri) {
        String[] parts = uri.split("/");
        return Long.parseLong(parts[parts.length - 1]);
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiException("interrupted while waiting for a command", e);
        }
    }
}
