package io.burnish.kit.messaging;

import io.burnish.kit.call.InternalCall;
import io.burnish.kit.call.InternalEndpoint;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;

/** What the keeper of the list of dead letters asks of the services that have them. */
final class DeadLetterEndpoints {

    private DeadLetterEndpoints() {}

    /** {@code POST /internal/dead-letters/<id>/replay}. */
    @ApplicationScoped
    static class Replay implements InternalEndpoint {

        private final DeadLetterReplay letters;

        Replay(DeadLetterReplay letters) {
            this.letters = letters;
        }

        @Override
        public HttpMethod method() {
            return HttpMethod.POST;
        }

        @Override
        public String path() {
            return "/dead-letters/:id/replay";
        }

        @Override
        public Object handle(InternalCall call) {
            letters.replay(Long.parseLong(call.path("id")));
            return null;
        }
    }

    /** {@code DELETE /internal/dead-letters/<id>}. */
    @ApplicationScoped
    static class Discard implements InternalEndpoint {

        private final DeadLetterReplay letters;

        Discard(DeadLetterReplay letters) {
            this.letters = letters;
        }

        @Override
        public HttpMethod method() {
            return HttpMethod.DELETE;
        }

        @Override
        public String path() {
            return "/dead-letters/:id";
        }

        @Override
        public Object handle(InternalCall call) {
            letters.discard(Long.parseLong(call.path("id")));
            return null;
        }
    }
}
