package io.burnish.gateway.door;

import io.burnish.gateway.apikey.KeyUse;
import io.burnish.gateway.audit.AuditActor;
import io.burnish.gateway.audit.AuditEntry;
import io.burnish.gateway.audit.AuditLog;
import io.burnish.gateway.audit.AuditOutcome;
import io.burnish.gateway.proxy.Exchange;
import io.burnish.gateway.proxy.Outcome;
import io.burnish.gateway.route.LoggedPath;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.util.UUID;

/** One request from its arrival to its answer, for audit and meters. Belongs to one event loop. */
final class Visit implements Outcome {

    private final HttpServerRequest request;
    private final String owner;
    private final AuditLog audit;
    private final DoorMeters meters;
    private final long arrived = System.nanoTime();
    /** Identifies the request in the audit; {@code null} for requests that are not in it. */
    private UUID audited;

    private boolean answered;

    Visit(HttpServerRequest request, String owner, AuditLog audit, DoorMeters meters) {
        this.request = request;
        this.owner = owner;
        this.audit = audit;
        this.meters = meters;
    }

    /**
     * Completes when the attempt is written down, at once if there is nothing to write down: a request that only reads, unless it tries a
     * key that is not good.
     */
    Future<Void> writeDown(Caller caller) {
        if (Exchange.reads(request.method()) && !caller.refused()) {
            return Future.succeededFuture();
        }
        audited = UUID.randomUUID();
        return audit.begin(new AuditEntry(
                audited,
                Instant.now(),
                caller.principal().userId(),
                caller.principal().username(),
                caller.key().map(KeyUse::name).orElse(""),
                request.remoteAddress().hostAddress(),
                request.method().name(),
                LoggedPath.of(request.path())));
    }

    @Override
    public void answered(int status, MultiMap headers) {
        if (answered) {
            return;
        }
        answered = true;
        long nanos = System.nanoTime() - arrived;
        meters.answered(owner, status, nanos);
        if (audited != null) {
            AuditActor actor = AuditActor.of(headers).orElse(new AuditActor(0, ""));
            audit.end(new AuditOutcome(audited, status, nanos / 1_000_000, actor.accountId(), actor.username()));
        }
    }
}
