package io.burnish.gateway.proxy;

import io.burnish.contracts.ServiceName;
import io.burnish.kit.api.ApiError;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.streams.Pipe;
import io.vertx.core.streams.ReadStream;
import java.time.Duration;

/**
 * Sends requests to services and their answers back. Bodies are streamed in both directions: who reads slowly slows down who writes,
 * and no body is ever held in memory. Nothing is known about a service that is down but the connection that fails.
 *
 * <p>One forwarder belongs to one event loop, like its client: a request does not change threads.
 */
public final class Forwarder {

    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    private final Vertx vertx;
    private final HttpClient client;
    private final Upstreams upstreams;
    private final Refusals refusals;
    private final Limits limits;

    /** Creates the forwarder of one event loop. */
    public Forwarder(Vertx vertx, HttpClient client, Upstreams upstreams, Refusals refusals, Limits limits) {
        this.vertx = vertx;
        this.client = client;
        this.upstreams = upstreams;
        this.refusals = refusals;
        this.limits = limits;
    }

    /**
     * What a request may take.
     *
     * @param read how long a service may be silent about a request that only reads
     * @param change the same for other requests
     * @param body largest request body in bytes
     * @param sending how long a client may send next to nothing of a body
     * @param reading how long a client may read next to nothing of an answer
     */
    public record Limits(Duration read, Duration change, long body, Duration sending, Duration reading) {}

    /** Forwards a request and answers it, whatever happens. Call on the forwarder's event loop. */
    public void forward(Exchange exchange) {
        if (declaredLength(exchange.request()) > limits.body()) {
            refuse(exchange, ApiError.tooLarge(limits.body()));
        } else {
            send(exchange, true);
        }
    }

    private static long declaredLength(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    private void send(Exchange exchange, boolean mayRepeat) {
        Upstreams.Address address = upstreams.of(exchange.owner());
        RequestOptions options = new RequestOptions()
                .setMethod(exchange.request().method())
                .setHost(address.host())
                .setPort(address.port())
                .setURI(exchange.uri());
        client.request(options)
                .compose(out -> send(exchange, out))
                .onSuccess(response -> answer(exchange, response))
                .onFailure(failure -> failed(exchange, failure, mayRepeat));
    }

    private Future<HttpClientResponse> send(Exchange exchange, HttpClientRequest out) {
        HttpServerRequest request = exchange.request();
        out.idleTimeout((exchange.reads() ? limits.read() : limits.change()).toMillis());
        RequestHead.write(exchange, out.headers());
        // who does not wait for an answer to a read need not get one; a change is seen through
        request.response().closeHandler(gone -> {
            if (exchange.reads() || request.response().headWritten()) {
                out.reset();
            }
        });
        if (!exchange.withBody() || !Refusals.hasBody(request)) {
            refusals.discard(request);
            return out.send();
        }
        if (!out.headers().contains(HttpHeaders.CONTENT_LENGTH)) {
            out.setChunked(true);
        }
        BoundedBody body = new BoundedBody(request, limits.body());
        PaceWatch pace = PaceWatch.start(vertx, limits.sending(), body::received, body::awaitsClient, body::giveUp);
        pipe(body).to(out).onComplete(done -> pace.stop()).onFailure(failure -> bodyFailed(exchange, out, failure));
        return out.response();
    }

    /** A body that breaks off must not look complete to the service. */
    private void bodyFailed(Exchange exchange, HttpClientRequest out, Throwable failure) {
        if (exchange.request().response().headWritten()) {
            refusals.discard(exchange.request());
        } else {
            out.reset(0, failure);
        }
    }

    private static Pipe<Buffer> pipe(ReadStream<Buffer> source) {
        return source.pipe().endOnFailure(false);
    }

    private void answer(Exchange exchange, HttpClientResponse in) {
        HttpServerResponse out = exchange.request().response();
        exchange.outcome().answered(in.statusCode(), in.headers());
        if (out.closed() || out.ended()) {
            in.request().reset();
            return;
        }
        out.setStatusCode(in.statusCode());
        ResponseHead.write(exchange.owner(), in.headers(), out.headers());
        if (isEmpty(exchange.request().method(), in)) {
            out.end();
            return;
        }
        if (!in.headers().contains(HttpHeaders.CONTENT_LENGTH)) {
            out.setChunked(true);
        }
        PaceWatch pace = PaceWatch.start(
                vertx, limits.reading(), out::bytesWritten, out::writeQueueFull, () -> cutOff(exchange, in));
        pipe(in).to(out).onComplete(done -> pace.stop()).onFailure(broken -> cutOff(exchange, in));
    }

    /** The client must not take half an answer for a whole one. */
    private static void cutOff(Exchange exchange, HttpClientResponse in) {
        exchange.request().response().reset();
        in.request().reset();
    }

    private static boolean isEmpty(HttpMethod method, HttpClientResponse in) {
        return method == HttpMethod.HEAD
                || in.statusCode() == NO_CONTENT
                || in.statusCode() == NOT_MODIFIED
                || "0".equals(in.getHeader(HttpHeaders.CONTENT_LENGTH));
    }

    private void failed(Exchange exchange, Throwable failure, boolean mayRepeat) {
        HttpServerResponse out = exchange.request().response();
        if (out.closed()) {
            exchange.outcome().answered(Outcome.CLIENT_GONE, MultiMap.caseInsensitiveMultiMap());
        } else if (out.headWritten()) {
            out.reset();
        } else if (mayRepeat && exchange.reads() && UpstreamFailure.lost(failure)) {
            send(exchange, false);
        } else {
            ServiceName owner = exchange.owner();
            refuse(exchange, UpstreamFailure.of(failure, owner, exchange.reads(), limits.body()));
        }
    }

    private void refuse(Exchange exchange, ApiError error) {
        exchange.outcome().answered(error.status(), MultiMap.caseInsensitiveMultiMap());
        refusals.refuse(exchange.request(), error);
    }
}
