package io.burnish.benchmarks.lists;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.PemTrustOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;

/** The same GET again and again over connections that stay open; an answer of another length than the first one is a failure. */
final class HttpLoad {

    /** Numbers of one length, so that answers which repeat them are of one length, too. */
    private static final int FIRST_NUMBER = 10_000;

    private final HttpClient client;
    private final URI url;
    private final Supplier<Map<String, String>> headers;
    private final boolean numbered;
    private int number = FIRST_NUMBER;
    private int length = -1;

    private HttpLoad(HttpClient client, URI url, Supplier<Map<String, String>> headers, boolean numbered) {
        this.numbered = numbered;
        this.client = client;
        this.url = url;
        this.headers = headers;
    }

    /** Plain HTTP. */
    static HttpLoad plain(Vertx vertx, int connections, URI url, Supplier<Map<String, String>> headers) {
        return new HttpLoad(vertx.createHttpClient(options(connections)), url, headers, false);
    }

    /** HTTPS that trusts one authority. */
    static HttpLoad tls(Vertx vertx, int connections, URI url, Path authority, Map<String, String> headers) {
        HttpClientOptions options = options(connections)
                .setSsl(true)
                .setTrustOptions(new PemTrustOptions()
                        .addCertPath(authority.toAbsolutePath().toString()));
        return new HttpLoad(vertx.createHttpClient(options), url, () -> headers, false);
    }

    /** The same with a parameter that means nothing and is another one each time. */
    HttpLoad numbered() {
        return new HttpLoad(client, url, headers, true);
    }

    private static HttpClientOptions options(int connections) {
        return new HttpClientOptions().setMaxPoolSize(connections).setKeepAlive(true);
    }

    /** The body of one answer. */
    Future<String> body() {
        return client.request(HttpMethod.GET, url.getPort(), url.getHost(), target())
                .compose(request -> {
                    headers.get().forEach(request::putHeader);
                    return request.send();
                })
                .compose(answer -> answer.body().compose(body -> {
                    String text = body.toString();
                    return answer.statusCode() == 200
                            ? Future.succeededFuture(text)
                            : Future.failedFuture("HTTP " + answer.statusCode() + " " + text);
                }));
    }

    private String target() {
        String target = url.getRawQuery() == null ? url.getPath() : url.getPath() + "?" + url.getRawQuery();
        if (!numbered) {
            return target;
        }
        number = number < 10 * FIRST_NUMBER - 1 ? number + 1 : FIRST_NUMBER;
        return target + (url.getRawQuery() == null ? "?" : "&") + "_=" + number;
    }

    /** One request. */
    Future<Void> once() {
        return body().compose(body -> {
            if (length < 0) {
                length = body.length();
            }
            return body.length() == length
                    ? Future.succeededFuture()
                    : Future.failedFuture("an answer of " + body.length() + " characters instead of " + length);
        });
    }
}
