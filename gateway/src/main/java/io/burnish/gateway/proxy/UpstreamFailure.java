package io.burnish.gateway.proxy;

import io.burnish.contracts.ServiceName;
import io.burnish.kit.api.ApiError;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.StreamResetException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;

/** What a failed exchange with a service means to the client (design, promise 4). */
final class UpstreamFailure {

    private UpstreamFailure() {}

    /** The answer in place of the service's. */
    static ApiError of(Throwable failure, ServiceName owner, boolean reads, long bodyLimit) {
        String service = owner.wire();
        return switch (cause(failure)) {
            case BoundedBody.TooLargeException e -> ApiError.tooLarge(bodyLimit);
            case BoundedBody.TooSlowException e ->
                ApiError.tooSlow("The request body came too slowly. Nothing was done.");
            case ConnectException e -> unavailable(service, "is not running or cannot be reached");
            case UnknownHostException e -> unavailable(service, "is not running or cannot be reached");
            case ConnectionPoolTooBusyException e -> unavailable(service, "has too much to do");
            case TimeoutException e -> ApiError.timeout("The " + service + " did not answer in time." + unknown(reads));
            case null, default ->
                ApiError.unavailable("The connection to the " + service + " was lost before it answered."
                        + unknown(reads) + " Try again in a few seconds.");
        };
    }

    /** The request was given up with a reason of ours: the client library wraps it. */
    private static Throwable cause(Throwable failure) {
        return failure instanceof StreamResetException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private static ApiError unavailable(String service, String why) {
        return ApiError.unavailable("The " + service + " " + why + ". Nothing was done. Try again in a few seconds.");
    }

    private static String unknown(boolean reads) {
        return reads ? "" : " It may have done what was asked: look before you ask again.";
    }

    /** Whether a connection was lost before an answer, as one is that the service had closed for being idle. */
    static boolean lost(Throwable failure) {
        return failure instanceof HttpClosedException
                || failure instanceof IOException && !(failure instanceof ConnectException);
    }
}
