package io.burnish.agent.copytool;

import io.burnish.agent.registration.HubTls;
import io.burnish.agent.registration.Identity;
import io.burnish.agent.system.HostSystem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Posts events to the hub, which asks for this server's certificate. */
final class HubPost implements EventRelay.Post, AutoCloseable {

    private static final String PATH = "/agent/copytool_event/";
    private static final int HTTPS = 443;
    private static final long SECONDS = 30;

    private final HttpClient client;
    private final RequestOptions request;

    /** @param hub {@code wss://<host>:<port>/…} */
    HubPost(Vertx vertx, HostSystem host, URI hub) {
        client = vertx.createHttpClient(new HubTls(new Identity(host.stateDirectory())).http());
        request = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setSsl(true)
                .setHost(hub.getHost())
                .setPort(hub.getPort() < 0 ? HTTPS : hub.getPort())
                .setURI(PATH);
    }

    @Override
    public void send(String body) throws IOException, InterruptedException {
        try {
            client.request(request)
                    .compose(started -> started.putHeader("Content-Type", "application/json")
                            .send(Buffer.buffer(body)))
                    .compose(response -> response.statusCode() / 100 == 2
                            ? response.end()
                            : Future.failedFuture("status " + response.statusCode()))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + SECONDS + " s", e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
