package io.burnish.host.scan;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.contracts.ContractJson;
import io.burnish.host.storage.Inventory;
import io.burnish.host.storage.RootScan;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks controllers by HTTP. Redirects are not followed, so that the credentials go to nobody else; an answer is read up to a bound, and within
 * a time.
 */
@ApplicationScoped
class ControllerClient {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final long LONGEST = 16L << 20;
    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");
    /** What an attribute may add to a URL: a host name, an address, a number, a word. */
    private static final Pattern PLAIN = Pattern.compile("[\\w.:-]{1,255}|\\[[0-9a-fA-F:.]{2,64}]");

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    /** What became of a question. */
    sealed interface Answer {
        /** It was answered. */
        record Said(Inventory inventory) implements Answer {}

        /** It was not, or not in the form of an inventory. */
        record Nothing(String why) implements Answer {}
    }

    Answer ask(RootScan scan) throws InterruptedException {
        String url = "";
        try {
            url = url(scan);
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(URI.create(url)).timeout(ANSWER).header("Accept", "application/json");
            scan.username()
                    .ifPresent(user -> request.header(
                            "Authorization", basic(user, scan.password().orElse(""))));
            HttpResponse<byte[]> response = http.send(
                    request.build(),
                    HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), LONGEST));
            if (response.statusCode() != 200) {
                return new Answer.Nothing("%s answered %d".formatted(url, response.statusCode()));
            }
            return new Answer.Said(ContractJson.mapper().readValue(response.body(), Inventory.class));
        } catch (JacksonException e) {
            return new Answer.Nothing("%s did not answer with an inventory: %s".formatted(url, e.getOriginalMessage()));
        } catch (IOException | IllegalArgumentException e) {
            return new Answer.Nothing(
                    "%s cannot be asked: %s".formatted(url, e.getMessage() == null ? e.toString() : e.getMessage()));
        }
    }

    private static String url(RootScan scan) {
        return PLACE.matcher(scan.url()).replaceAll(place -> {
            JsonNode value = scan.values().path(place.group(1));
            if (!PLAIN.matcher(value.asText("")).matches()) {
                throw new IllegalArgumentException("%s is not usable in a URL".formatted(place.group(1)));
            }
            return Matcher.quoteReplacement(value.asText());
        });
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }
}
