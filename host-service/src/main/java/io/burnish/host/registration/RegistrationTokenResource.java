package io.burnish.host.registration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.host.spi.HostRegistry;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.ApiResource;
import io.burnish.kit.api.Call;
import io.burnish.kit.api.Field;
import io.burnish.kit.api.Link;
import io.burnish.kit.api.Reply;
import io.burnish.kit.api.Resource;
import io.burnish.kit.api.ResourceReader;
import io.burnish.kit.api.Shape;
import io.burnish.kit.api.Table;
import io.burnish.kit.api.Wire;
import io.burnish.kit.api.query.Predicate;
import io.burnish.kit.api.query.Times;
import io.burnish.kit.security.Access;
import io.burnish.kit.security.Level;
import io.burnish.kit.security.Principal;
import io.burnish.kit.sql.Database;
import io.burnish.kit.sql.Tx;
import io.vertx.core.http.HttpMethod;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code registration_token} (API contract, core 2.13). Only usable tokens are there; those of a deployment, which name their server, are
 * nobody's business. They are secrets: only administrators see them.
 */
@ApplicationScoped
class RegistrationTokenResource implements ApiResource {

    private static final Duration LIFETIME = Duration.ofSeconds(60);
    private static final Set<String> ON_CREATION = Set.of("profile", "expiry", "credits");
    private static final int MOST_CREDITS = 100_000;
    private static final Predicate PRESENT = Predicate.of(TokenStore.USABLE + " AND t.host_id IS NULL");

    private final Database database;
    private final ResourceReader reader;
    private final TokenStore tokens;
    private final HostRegistry hosts;
    private final PublicAddress manager;

    RegistrationTokenResource(
            Database database, ResourceReader reader, TokenStore tokens, HostRegistry hosts, PublicAddress manager) {
        this.database = database;
        this.reader = reader;
        this.tokens = tokens;
        this.hosts = hosts;
        this.manager = manager;
    }

    @Override
    public Resource resource() {
        return Resource.named("registration_token")
                .table(Table.of("registration_token t", "t.id", PRESENT))
                .fields(
                        Field.integer("id", "t.id"),
                        Field.text("secret", "t.secret")
                                .identifying()
                                .help("String used by server to authenticate itself during registration"),
                        Field.datetime("expiry", "t.expiry").writable().help("When the token stops working"),
                        Field.integer("credits", "t.credits")
                                .writable()
                                .defaulting(1)
                                .help("Number of servers that may still register with this token"),
                        Field.bool("cancelled", "t.cancelled").writable().defaulting(false),
                        Field.toOne("profile", "t.profile", "server_profile", null)
                                .writable(),
                        Field.text("register_command", "t.secret || ' ' || t.profile")
                                .mapped(this::registerCommand)
                                .help("Command line to run on a storage server to register it using this token"))
                .visible(RegistrationTokenResource::visibleTo)
                .timesWithOffset()
                .schema(Access.FSADMIN)
                .listable(Access.READ)
                .onList(HttpMethod.POST, Access.FSADMIN, "Create a token", this::create)
                .readable(Access.FSADMIN)
                .onDetail(
                        HttpMethod.PATCH,
                        Access.FSADMIN,
                        "Cancel a token",
                        Wire.takes(Shape.object().with("cancelled", Shape.bool()))
                                .gives(202, Shape.of("registration_token")),
                        this::change)
                .build();
    }

    private static Predicate visibleTo(Principal caller) {
        return caller.level().includes(Level.FSADMIN) ? Predicate.TRUE : Predicate.FALSE;
    }

    private Object registerCommand(Object secretAndProfile) {
        String[] parts = ((String) secretAndProfile).split(" ", 2);
        return "curl -k %s | sh".formatted(manager.setup(parts[0], parts[1]));
    }

    private Reply create(Call call) {
        ObjectNode body = call.body();
        refuseOthers(body);
        String profile = ProfileUri.required(body, "profile");
        OffsetDateTime expiry = expiry(body);
        int credits = credits(body);
        return Reply.created(database.transaction(tx -> {
            if (hosts.profile(tx, profile).isEmpty()) {
                throw Link.of(body.get("profile")).leadsNowhere();
            }
            return tokens.create(tx, profile, expiry, credits);
        }));
    }

    private static void refuseOthers(ObjectNode body) {
        Map<String, List<String>> errors = new LinkedHashMap<>();
        body.fieldNames().forEachRemaining(name -> {
            if (!ON_CREATION.contains(name)) {
                errors.put(name, List.of("Forbidden during creation"));
            }
        });
        if (!body.hasNonNull("profile") || body.get("profile").asText().isBlank()) {
            errors.put("profile", List.of("Mandatory"));
        }
        if (!errors.isEmpty()) {
            throw ApiError.fields(errors);
        }
    }

    private static OffsetDateTime expiry(ObjectNode body) {
        if (!body.hasNonNull("expiry")) {
            return OffsetDateTime.now(ZoneOffset.UTC).plus(LIFETIME);
        }
        String text = body.get("expiry").asText();
        try {
            return Times.filter(text);
        } catch (ApiError e) {
            throw ApiError.badQuery(
                    "Datetime provided to 'expiry' field doesn't appear to be a valid datetime string: '%s'"
                            .formatted(text));
        }
    }

    private static int credits(ObjectNode body) {
        if (!body.hasNonNull("credits")) {
            return 1;
        }
        JsonNode credits = body.get("credits");
        if (!credits.isInt() || credits.intValue() < 1 || credits.intValue() > MOST_CREDITS) {
            throw ApiError.field("credits", "Must be a whole number from 1 to " + MOST_CREDITS);
        }
        return credits.intValue();
    }

    private Reply change(Call call) {
        long id = call.numericId();
        return database.transaction(tx -> {
            Row row = tx.first(
                            "SELECT t.id FROM registration_token t WHERE t.id = $1 AND " + PRESENT.sql()
                                    + " FOR UPDATE",
                            id)
                    .orElseThrow(ApiError::notFound);
            ObjectNode before = reader.wire(tx, call.resource(), row.getLong(0));
            refuseChanges(call.body(), before);
            return Reply.accepted(cancelled(tx, call, id));
        });
    }

    private ObjectNode cancelled(Tx tx, Call call, long id) {
        JsonNode cancelled = call.body().get("cancelled");
        if (cancelled != null) {
            if (!cancelled.isBoolean()) {
                throw ApiError.field("cancelled", "Must be true or false");
            }
            tx.update("UPDATE registration_token SET cancelled = $2 WHERE id = $1", id, cancelled.booleanValue());
        }
        return reader.wire(tx, call.resource(), id);
    }

    /** Everything but {@code cancelled} stays as it was; sending it unchanged is no harm. */
    private static void refuseChanges(ObjectNode body, ObjectNode before) {
        Map<String, List<String>> errors = new LinkedHashMap<>();
        body.properties().forEach(sent -> {
            if (!sent.getKey().equals("cancelled") && !sent.getValue().equals(before.get(sent.getKey()))) {
                errors.put(sent.getKey(), List.of("May not be modified after creation"));
            }
        });
        if (!errors.isEmpty()) {
            throw ApiError.fields(errors);
        }
    }
}
