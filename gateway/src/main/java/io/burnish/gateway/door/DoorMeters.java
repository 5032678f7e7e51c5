package io.burnish.gateway.door;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Counts and times requests by who answered and how: {@code burnish.gateway.requests}, until the beginning of the answer. */
@ApplicationScoped
class DoorMeters {

    private final MeterRegistry registry;
    private final Map<String, Timer[]> timers = new ConcurrentHashMap<>();

    DoorMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** @param owner the service that the request was for, or {@code site} */
    void answered(String owner, int status, long nanos) {
        int kind = Math.clamp(status / 100, 1, 5);
        timers.computeIfAbsent(owner, this::timers)[kind].record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer[] timers(String owner) {
        Timer[] byKind = new Timer[6];
        for (int kind = 1; kind < byKind.length; kind++) {
            byKind[kind] = Timer.builder("burnish.gateway.requests")
                    .tag("owner", owner)
                    .tag("status", kind + "xx")
                    .register(registry);
        }
        return byKind;
    }
}
