package io.burnish.target.detection;

import io.burnish.contracts.call.Detection;
import io.burnish.kit.call.InternalCall;
import io.burnish.kit.call.InternalEndpoint;
import io.burnish.kit.sql.Database;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;

/** {@code POST /internal/detected-targets}. */
@ApplicationScoped
class DetectedTargetsEndpoint implements InternalEndpoint {

    private final Database database;
    private final WatchedTargets watched;

    DetectedTargetsEndpoint(Database database, WatchedTargets watched) {
        this.database = database;
        this.watched = watched;
    }

    @Override
    public HttpMethod method() {
        return HttpMethod.POST;
    }

    @Override
    public String path() {
        return "/detected-targets";
    }

    @Override
    public Object handle(InternalCall call) {
        Detection.Targets request = call.body(Detection.Targets.class);
        return database.transaction(tx -> watched.learn(tx, request));
    }
}
