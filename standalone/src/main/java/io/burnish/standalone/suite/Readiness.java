package io.burnish.standalone.suite;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Waits until processes say over HTTP that they are ready. */
final class Readiness {

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    /**
     * Returns when every URL answers 200.
     *
     * @param urls by name of the process
     * @throws IOException if some do not within the limit; names them with their last answers
     */
    void await(Map<String, URI> urls, Duration limit) throws IOException, InterruptedException {
        Instant deadline = Instant.now().plus(limit);
        List<String> waiting = new ArrayList<>(urls.keySet());
        while (true) {
            List<String> complaints = new ArrayList<>();
            waiting.removeIf(name -> {
                String complaint = ask(urls.get(name));
                if (!complaint.isEmpty()) {
                    complaints.add(name + ": " + complaint);
                }
                return complaint.isEmpty();
            });
            if (waiting.isEmpty()) {
                return;
            }
            if (Instant.now().isAfter(deadline)) {
                throw new IOException("Not ready after " + limit.toSeconds() + " s: " + String.join("; ", complaints));
            }
            Thread.sleep(PAUSE);
        }
    }

    /** Empty if it is ready, else what is wrong. */
    private String ask(URI url) {
        try {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(url).timeout(Duration.ofSeconds(3)).build(),
                    HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 ? "" : "HTTP " + answer.statusCode() + " " + answer.body();
        } catch (IOException e) {
            return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }
}
