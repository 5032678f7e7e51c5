package io.burnish.gateway.door;

import io.burnish.gateway.proxy.Refusals;
import io.burnish.gateway.proxy.Upstreams;
import io.burnish.kit.pki.ServerIdentity;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * The only door of Burnish: opens the TLS port when everything behind it is ready, and closes it first when the gateway stops, after
 * the requests inside have been answered.
 */
@ApplicationScoped
class Door {

    private static final Logger LOG = Logger.getLogger(Door.class);
    private static final long OPEN_SECONDS = 30;
    private static final long CLOSE_SECONDS = 5;

    private final Vertx vertx;
    private final DoorSettings settings;
    private final DoorCertificate certificate;
    private final Entrance entrance;
    private final Upstreams upstreams;
    private final Refusals refusals;
    private final Traffic traffic = new Traffic();
    private volatile String deployment;

    Door(
            Vertx vertx,
            DoorSettings settings,
            DoorCertificate certificate,
            Entrance entrance,
            Upstreams upstreams,
            Refusals refusals) {
        this.vertx = vertx;
        this.settings = settings;
        this.certificate = certificate;
        this.entrance = entrance;
        this.upstreams = upstreams;
        this.refusals = refusals;
    }

    /** Whether clients can connect. */
    boolean isOpen() {
        return deployment != null && !traffic.closed();
    }

    void open(@Observes @Priority(3000) StartupEvent startup) throws InterruptedException {
        ServerIdentity identity = certificate.identity();
        int loops = settings.eventLoops() > 0
                ? settings.eventLoops()
                : Runtime.getRuntime().availableProcessors();
        try {
            deployment = vertx.deployVerticle(
                            () -> new DoorListener(settings, identity, entrance, traffic, upstreams, refusals),
                            new DeploymentOptions().setInstances(loops))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(OPEN_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(
                    "cannot listen on %s:%d (BURNISH_HTTPS_HOST, BURNISH_HTTPS_PORT): %s"
                            .formatted(settings.host(), settings.port(), e.getMessage()),
                    e);
        }
        LOG.infof("open on https://%s:%d/", settings.host(), settings.port());
    }

    void close(@Observes @Priority(100) ShutdownEvent shutdown) throws InterruptedException {
        int left = traffic.drain(settings.drain());
        if (left > 0) {
            LOG.warnf("%d requests were not answered in time before the stop", left);
        }
        if (deployment != null) {
            try {
                vertx.undeploy(deployment)
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(CLOSE_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                LOG.debugf("closing the port: %s", e.getMessage());
            }
        }
    }
}
