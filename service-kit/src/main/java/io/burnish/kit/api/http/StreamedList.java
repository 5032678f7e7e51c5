package io.burnish.kit.api.http;

import io.burnish.kit.api.Resource;
import io.burnish.kit.api.ResourceReader;
import io.burnish.kit.api.query.Page;
import io.burnish.kit.api.query.Parameters;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The answer to a request for a whole list, written while it is read: a batch is written only when the one before has gone, so at most
 * two are in memory, however long the list is and however slowly it is taken. Who takes nothing for {@value #PATIENCE_SECONDS} s is cut
 * off. Used by one virtual thread.
 */
final class StreamedList implements ResourceReader.Batches {

    private static final long PATIENCE_SECONDS = 60;
    /** Bytes that may come with the objects. */
    private static final int AROUND = 512;

    private final HttpServerRequest request;
    private final Responses responses;
    private final Resource resource;
    private final Parameters parameters;
    private final Page page;
    private Future<Void> sent = Future.succeededFuture();
    private boolean begun;

    StreamedList(HttpServerRequest request, Responses responses, Resource resource, Parameters parameters, Page page) {
        this.request = request;
        this.responses = responses;
        this.resource = resource;
        this.parameters = parameters;
        this.page = page;
    }

    /** The client does not take the answer: it is gone, or too slow. */
    static final class NotTaken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotTaken(Throwable cause) {
            super("the answer is not taken", cause, false, false);
        }
    }

    @Override
    public void next(Buffer objects, long total) {
        Buffer part = Buffer.buffer(objects.length() + AROUND);
        if (!begun) {
            begun = true;
            responses.beginJson(request);
            part.appendString(Envelope.begin(resource, parameters, page, total));
        } else if (objects.length() > 0) {
            part.appendString(Envelope.SEPARATOR);
        }
        part.appendBuffer(objects);
        awaitSent();
        sent = request.response().write(part);
    }

    /** Ends the answer. */
    void end() {
        awaitSent();
        request.response().end(Envelope.END);
    }

    /** Breaks the answer off: half a list must not look like a whole one. Returns whether something had been sent. */
    boolean breakOff() {
        if (begun) {
            request.response().reset();
        }
        return begun;
    }

    private void awaitSent() {
        try {
            sent.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotTaken(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new NotTaken(e);
        }
    }
}
