package io.burnish.gateway.door;

import io.burnish.gateway.account.Rights;
import io.burnish.gateway.session.Csrf;
import io.burnish.gateway.session.LiveSession;
import io.burnish.gateway.session.SessionCookies;
import io.burnish.gateway.session.Sessions;
import io.burnish.kit.security.Principal;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;

/** Finds out who sends a request to a resource: by its session cookie, with its CSRF token where one is needed. */
@ApplicationScoped
class Callers {

    private final Sessions sessions;
    private final UserTokens tokens;
    private final Principal anonymous;

    Callers(Sessions sessions, UserTokens tokens, DoorSettings settings) {
        this.sessions = sessions;
        this.tokens = tokens;
        this.anonymous = Rights.anonymous(settings.anonymousRead());
    }

    /** Nobody, for whom the gateway does not vouch. */
    Caller nobody() {
        return new Caller(anonymous, null);
    }

    /** The caller. Fails when there is no database to ask. */
    Future<Caller> of(HttpServerRequest request) {
        if (request.method() == HttpMethod.OPTIONS) {
            return Future.succeededFuture(nobody());
        }
        SessionCookies cookies = SessionCookies.of(request.headers().getAll(HttpHeaders.COOKIE));
        boolean onPurpose = Csrf.passes(request.method(), request.getHeader(Csrf.HEADER), cookies);
        return sessions.find(cookies.sessionKeys()).map(found -> {
            Principal principal = found.map(LiveSession::principal).orElse(anonymous);
            return new Caller(principal, onPurpose ? tokens.of(principal) : null);
        });
    }
}
