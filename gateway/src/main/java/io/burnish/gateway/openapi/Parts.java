package io.burnish.gateway.openapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.ServiceName;
import io.burnish.kit.api.http.ApiRouter;
import io.burnish.kit.call.InternalClient;
import io.burnish.kit.openapi.OpenApiPart;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Every service's part of the OpenAPI document, as it was last told. All are asked at once, at most every {@value #FRESH_SECONDS} s; of
 * one that does not answer within {@value #PATIENCE_SECONDS} s the last known part stays.
 */
@ApplicationScoped
class Parts {

    private static final Logger LOG = Logger.getLogger(Parts.class);
    private static final long FRESH_SECONDS = 10;
    private static final long PATIENCE_SECONDS = 5;

    private final InternalClient services;
    private final ApiRouter own;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<ServiceName, Part> known = new ConcurrentHashMap<>();
    private volatile Instant asked = Instant.EPOCH;

    Parts(InternalClient services, ApiRouter own) {
        this.services = services;
        this.own = own;
    }

    /**
     * A service's part.
     *
     * @param description its paths and components; without any if the service has never been reached
     * @param toldAt when it was told; {@code null}: never
     * @param current told when it was last asked for
     */
    record Part(ObjectNode description, Instant toldAt, boolean current) {}

    /** All parts. Blocks: for virtual threads. */
    synchronized Map<ServiceName, Part> all() {
        if (asked.plus(Duration.ofSeconds(FRESH_SECONDS)).isBefore(Instant.now())) {
            ask();
            asked = Instant.now();
        }
        return new EnumMap<>(known);
    }

    private void ask() {
        Map<ServiceName, Future<ObjectNode>> answers = new EnumMap<>(ServiceName.class);
        for (ServiceName service : services()) {
            answers.put(service, threads.submit(() -> services.get(service, "/internal/openapi", ObjectNode.class)
                    .orElseThrow()));
        }
        known.put(ServiceName.GATEWAY, new Part(OpenApiPart.of(own.resources()), Instant.now(), true));
        answers.forEach((service, answer) -> known.compute(service, (name, last) -> part(service, answer, last)));
    }

    private static List<ServiceName> services() {
        return Stream.of(ServiceName.values())
                .filter(service -> service != ServiceName.GATEWAY)
                .toList();
    }

    private static Part part(ServiceName service, Future<ObjectNode> answer, Part last) {
        try {
            return new Part(answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS), Instant.now(), true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return outdated(last);
        } catch (ExecutionException | TimeoutException e) {
            answer.cancel(true);
            LOG.debugf("%s does not tell its part of the OpenAPI document: %s", service.wire(), e);
            return outdated(last);
        }
    }

    private static Part outdated(Part last) {
        return last == null ? new Part(null, null, false) : new Part(last.description(), last.toldAt(), false);
    }
}
