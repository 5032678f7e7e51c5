package io.burnish.gateway.door;

import io.burnish.gateway.account.Rights;
import io.burnish.gateway.apikey.ApiKeys;
import io.burnish.gateway.apikey.Credential;
import io.burnish.gateway.apikey.KeyUse;
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
import java.util.Optional;

/** Finds out who sends a request to a resource: by its API key, or by its session cookie with the CSRF token where one is needed. */
@ApplicationScoped
class Callers {

    private final Sessions sessions;
    private final ApiKeys keys;
    private final UserTokens tokens;
    private final Principal anonymous;

    Callers(Sessions sessions, ApiKeys keys, UserTokens tokens, DoorSettings settings) {
        this.sessions = sessions;
        this.keys = keys;
        this.tokens = tokens;
        this.anonymous = Rights.anonymous(settings.anonymousRead());
    }

    /** Nobody, for whom the gateway does not vouch. */
    Caller nobody() {
        return new Caller(anonymous, null, Optional.empty(), false);
    }

    /** The caller. Fails when there is no database to ask. */
    Future<Caller> of(HttpServerRequest request) {
        if (request.method() == HttpMethod.OPTIONS) {
            return Future.succeededFuture(nobody());
        }
        return switch (Credential.of(request.headers().getAll(HttpHeaders.AUTHORIZATION))) {
            case Credential.None none -> bySession(request);
            case Credential.Bearer(String secret) ->
                find(secret, request).map(found -> found.map(this::holder)
                        .orElseGet(() -> new Caller(anonymous, null, Optional.empty(), true)));
            case Credential.Named(String username, String secret) ->
                find(secret, request)
                        .map(found ->
                                found.filter(use -> use.principal().username().equals(username)))
                        .compose(found -> found.map(use -> Future.succeededFuture(holder(use)))
                                .orElseGet(() -> bySession(request)));
        };
    }

    private Future<Optional<KeyUse>> find(String secret, HttpServerRequest request) {
        return keys.find(secret, request.remoteAddress().hostAddress());
    }

    /** Needs neither session nor CSRF token: no browser sends a key on its own. */
    private Caller holder(KeyUse use) {
        return new Caller(use.principal(), tokens.of(use.principal()), Optional.of(use), false);
    }

    private Future<Caller> bySession(HttpServerRequest request) {
        SessionCookies cookies = SessionCookies.of(request.headers().getAll(HttpHeaders.COOKIE));
        boolean onPurpose = Csrf.passes(request.method(), request.getHeader(Csrf.HEADER), cookies);
        return sessions.find(cookies.sessionKeys()).map(found -> {
            Principal principal = found.map(LiveSession::principal).orElse(anonymous);
            return new Caller(principal, onPurpose ? tokens.of(principal) : null, Optional.empty(), false);
        });
    }
}
