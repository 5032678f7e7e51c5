package io.burnish.gateway.door;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while clients can connect. Services that are down are not the gateway's health: their clients get 503. */
@Readiness
@ApplicationScoped
class DoorReadiness implements HealthCheck {

    private final Door door;

    DoorReadiness(Door door) {
        this.door = door;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("door").status(door.isOpen()).build();
    }
}
