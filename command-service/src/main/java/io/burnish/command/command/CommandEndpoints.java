package io.burnish.command.command;

import io.burnish.contracts.call.CommandRequest;
import io.burnish.kit.call.InternalCall;
import io.burnish.kit.call.InternalEndpoint;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;

/** Commands asked for by other services. */
final class CommandEndpoints {

    private CommandEndpoints() {}

    /** {@code POST /internal/commands}. */
    @ApplicationScoped
    static class Accept implements InternalEndpoint {
        private final CommandIntake intake;

        Accept(CommandIntake intake) {
            this.intake = intake;
        }

        @Override
        public HttpMethod method() {
            return HttpMethod.POST;
        }

        @Override
        public String path() {
            return "/commands";
        }

        @Override
        public Object handle(InternalCall call) {
            return intake.accept(call.body(CommandRequest.class));
        }
    }

    /** {@code DELETE /internal/commands/<key>}. */
    @ApplicationScoped
    static class Forbid implements InternalEndpoint {
        private final CommandIntake intake;

        Forbid(CommandIntake intake) {
            this.intake = intake;
        }

        @Override
        public HttpMethod method() {
            return HttpMethod.DELETE;
        }

        @Override
        public String path() {
            return "/commands/:key";
        }

        @Override
        public Object handle(InternalCall call) {
            return intake.forbid(call.path("key")).orElse(null);
        }
    }
}
