package io.burnish.command.command;

import io.burnish.command.engine.Engine;
import io.burnish.contracts.call.DryRun;
import io.burnish.contracts.call.Refusal;
import io.burnish.kit.call.InternalCall;
import io.burnish.kit.call.InternalEndpoint;
import io.burnish.kit.call.Refused;
import io.burnish.lifecycle.plan.Consequences;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;

/** {@code POST /internal/dry-runs}: what a state change would do. Changes nothing. */
@ApplicationScoped
class DryRunEndpoint implements InternalEndpoint {

    private final Engine engine;

    DryRunEndpoint(Engine engine) {
        this.engine = engine;
    }

    @Override
    public HttpMethod method() {
        return HttpMethod.POST;
    }

    @Override
    public String path() {
        return "/dry-runs";
    }

    @Override
    public Object handle(InternalCall call) {
        DryRun question = call.body(DryRun.class);
        return switch (engine.exclusive(engineTx -> Consequences.of(engineTx.world(), question))) {
            case Consequences.Report report -> report.report();
            case Consequences.Refused refused ->
                throw new Refused(new Refusal(
                        refused.refusal().field(),
                        refused.refusal().reason().sentence(),
                        refused.refusal().reason()));
        };
    }
}
