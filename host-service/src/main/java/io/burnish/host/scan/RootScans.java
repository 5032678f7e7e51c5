package io.burnish.host.scan;

import io.burnish.host.spi.RegularChecks;
import io.burnish.host.storage.RootScan;
import io.burnish.host.storage.ScannedResources;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Has every root resource scanned once in an interval, and at once after a change. */
@ApplicationScoped
class RootScans {

    private static final int AT_A_TIME = 8;

    private final ScannedResources resources;
    private final ControllerClient client;
    private final RegularChecks checks;

    RootScans(
            ScannedResources resources,
            ControllerClient client,
            @ConfigProperty(name = "burnish.storage.scan-interval") Duration interval) {
        this.resources = resources;
        this.client = client;
        checks = new RegularChecks(
                "storage-scan", AT_A_TIME, (busy, most) -> resources.claim(busy, most, interval), this::scan);
    }

    void start(@Observes StartupEvent startup) {
        checks.start();
    }

    void stop(@Observes ShutdownEvent shutdown) {
        checks.stop();
    }

    private void scan(long root) throws InterruptedException {
        Optional<RootScan> scan = resources.scan(root);
        if (scan.isEmpty()) {
            return;
        }
        switch (client.ask(scan.get())) {
            case ControllerClient.Answer.Said said -> resources.found(scan.get(), said.inventory());
            case ControllerClient.Answer.Nothing nothing -> resources.silent(scan.get(), nothing.why());
        }
    }
}
