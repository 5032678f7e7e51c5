package io.burnish.gateway.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.gateway.account.Account;
import io.burnish.gateway.account.ClientAddress;
import io.burnish.gateway.account.Passwords;
import io.burnish.gateway.account.RandomKeys;
import io.burnish.gateway.account.UserResource;
import io.burnish.gateway.audit.AuditActor;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.ApiResource;
import io.burnish.kit.api.Call;
import io.burnish.kit.api.Field;
import io.burnish.kit.api.RelationLoader;
import io.burnish.kit.api.Reply;
import io.burnish.kit.api.Resource;
import io.burnish.kit.api.ResourceReader;
import io.burnish.kit.api.Shape;
import io.burnish.kit.api.Wire;
import io.burnish.kit.security.Access;
import io.burnish.kit.security.Level;
import io.burnish.kit.security.Principal;
import io.burnish.kit.sql.Database;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Logging in and out, and who one is (API contract, core 2.1). Everything refers to the caller's own session. */
@ApplicationScoped
class SessionResource implements ApiResource {

    private static final JsonNode FAILED =
            JsonNodeFactory.instance.objectNode().put("__all__", "Authentication Failed.");

    private final Sessions sessions;
    private final Passwords passwords;
    private final UserResource users;
    private final ResourceReader reader;
    private final Resource resource;

    SessionResource(Sessions sessions, Passwords passwords, UserResource users, ResourceReader reader) {
        this.sessions = sessions;
        this.passwords = passwords;
        this.users = users;
        this.reader = reader;
        this.resource = Resource.named("session")
                .fields(
                        Field.toOne("user", null, "user", RelationLoader.of(users::resource))
                                .full()
                                .orNull()
                                .help("A user object, or null for an anonymous session"),
                        Field.bool("read_enabled", null).help("Whether the current session may read other resources"),
                        Field.text("resource_uri", null))
                .onList(HttpMethod.GET, Access.EVERYBODY, "Who is logged in", this::show)
                .onList(
                        HttpMethod.POST,
                        Access.EVERYBODY,
                        "Log in",
                        Wire.takes(Shape.object().with("username", Shape.text()).with("password", Shape.text()))
                                .gives(201)
                                .gives(403, Shape.of("Error")),
                        this::logIn)
                .onList(
                        HttpMethod.DELETE,
                        Access.EVERYBODY,
                        "Log out",
                        Wire.nothing().gives(204),
                        this::logOut)
                .build();
    }

    @Override
    public Resource resource() {
        return resource;
    }

    private Reply show(Call call) {
        SessionCookies cookies = cookies(call);
        Optional<LiveSession> session = session(cookies);
        session.ifPresent(sessions::refresh);
        Reply reply = Reply.ok(description(call.principal()));
        String anonymous = cookies.sessionKeys().isEmpty()
                ? RandomKeys.sessionKey()
                : cookies.sessionKeys().getFirst();
        setCookie(call, SessionCookies.session(session.map(LiveSession::key).orElse(anonymous)));
        setCookie(
                call,
                SessionCookies.csrf(cookies.csrfTokens().stream()
                        .filter(RandomKeys::isCsrfToken)
                        .findFirst()
                        .orElseGet(RandomKeys::csrfToken)));
        return reply;
    }

    private ObjectNode description(Principal caller) {
        ObjectNode session = JsonNodeFactory.instance.objectNode();
        session.put("read_enabled", caller.mayRead());
        session.put("resource_uri", resource.path());
        session.set(
                "user",
                caller.level() == Level.ANONYMOUS
                        ? null
                        : reader.now(users.resource(), caller.userId(), caller).orElse(null));
        return session;
    }

    private Reply logIn(Call call) {
        LoginForm form = LoginForm.of(call.body());
        Optional<Account> account = passwords.check(form.username(), form.password(), ClientAddress.of(call.request()));
        if (account.isEmpty()) {
            throw ApiError.forbidden(FAILED);
        }
        AuditActor.note(call.request(), account.get().id(), account.get().username());
        Optional<LiveSession> present = session(cookies(call));
        String key = present.filter(
                        session -> session.principal().userId() == account.get().id())
                .map(LiveSession::key)
                .orElseGet(() -> begin(account.get(), present));
        setCookie(call, SessionCookies.session(key));
        setCookie(call, SessionCookies.csrf(RandomKeys.csrfToken()));
        return new Reply.Empty(201, resource.path());
    }

    /** A new session with a new key, in place of the present one. */
    private String begin(Account account, Optional<LiveSession> present) {
        present.map(LiveSession::key).ifPresent(sessions::end);
        return sessions.begin(account.id());
    }

    private Reply logOut(Call call) {
        cookies(call).sessionKeys().forEach(sessions::end);
        setCookie(call, SessionCookies.session(RandomKeys.sessionKey()));
        return Reply.noContent();
    }

    private static SessionCookies cookies(Call call) {
        return SessionCookies.of(call.request().headers().getAll("Cookie"));
    }

    private Optional<LiveSession> session(SessionCookies cookies) {
        return Database.await(sessions.find(cookies.sessionKeys()));
    }

    private static void setCookie(Call call, String cookie) {
        call.request().response().headers().add("Set-Cookie", cookie);
    }
}
