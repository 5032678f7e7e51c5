package io.burnish.standalone.suite;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/** A gateway beside the suite's own: another instance of the same installation. */
public final class AnotherGateway implements AutoCloseable {

    private static final Duration READY_LIMIT = Duration.ofMinutes(2);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

    private final Supervised process;
    private final URI url;

    private AnotherGateway(Supervised process, URI url) {
        this.process = process;
        this.url = url;
    }

    static AnotherGateway start(Part part, Consumer<String> tell, int httpPort, int httpsPort)
            throws IOException, InterruptedException {
        Supervised process = new Supervised(part, SuiteOptions.STABLE_AFTER, tell);
        process.start();
        AnotherGateway gateway = new AnotherGateway(process, URI.create("https://localhost:" + httpsPort + "/"));
        try {
            URI ready = URI.create("http://127.0.0.1:" + httpPort + "/q/health/ready");
            new Readiness().await(Map.of(part.name(), ready), READY_LIMIT);
        } catch (IOException | InterruptedException e) {
            gateway.close();
            throw e;
        }
        return gateway;
    }

    /** Its address, with a slash at the end. */
    public URI url() {
        return url;
    }

    /** Ends it. */
    @Override
    public void close() {
        process.stop(STOP_PATIENCE);
    }
}
