package io.burnish.benchmarks.lists;

import io.burnish.platform.postgres.PostgresAddress;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;

/**
 * {@link HandWrittenList} behind a bare HTTP server, in a process of its own with the JVM flags of a service: what the list costs
 * without routing, tokens, filters and declarations. Prints {@code READY} when it listens.
 */
public final class HandWrittenServer {

    /** Environment variables: where it listens, where the database is. */
    static final String HTTP_PORT = "BENCH_HTTP_PORT";

    static final String DATABASE_PORT = "BENCH_DB_PORT";
    static final String DATABASE_USER = "BENCH_DB_USER";
    static final String DATABASE_PASSWORD = "BENCH_DB_PASSWORD";
    /** What servers offer: see {@link OfferTexts}. */
    static final String OFFERS = "BENCH_OFFERS";

    private HandWrittenServer() {}

    /** Runs until it is killed. */
    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(System.getenv(HTTP_PORT));
        Vertx vertx = Vertx.vertx();
        HandWrittenList list = new HandWrittenList(
                vertx,
                new PostgresAddress(
                        "127.0.0.1",
                        Integer.parseInt(System.getenv(DATABASE_PORT)),
                        System.getenv(DATABASE_USER),
                        System.getenv(DATABASE_PASSWORD)),
                OfferTexts.parse(System.getenv(OFFERS)));
        vertx.deployVerticle(
                        () -> new Door(list, port),
                        new DeploymentOptions()
                                .setInstances(Runtime.getRuntime().availableProcessors()))
                .onSuccess(deployed -> System.out.println("READY"))
                .onFailure(failure -> {
                    System.out.println(failure);
                    System.exit(1);
                });
    }

    /** One event loop of the server. */
    private static final class Door extends AbstractVerticle {

        private final HandWrittenList list;
        private final int port;

        Door(HandWrittenList list, int port) {
            this.list = list;
            this.port = port;
        }

        @Override
        public void start(Promise<Void> started) {
            vertx.createHttpServer()
                    .requestHandler(request -> list.answer(ListRequest.of(request.uri()))
                            .onSuccess(body -> request.response()
                                    .putHeader("Content-Type", "application/json")
                                    .end(body))
                            .onFailure(failure ->
                                    request.response().setStatusCode(500).end(failure.toString())))
                    .listen(port, "127.0.0.1")
                    .<Void>mapEmpty()
                    .onComplete(started);
        }
    }
}
