package io.burnish.alert.alert;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.alert.rule.Item;
import io.burnish.alert.type.AlertType;
import io.burnish.alert.type.Severity;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.ApiResource;
import io.burnish.kit.api.Call;
import io.burnish.kit.api.Field;
import io.burnish.kit.api.FieldType;
import io.burnish.kit.api.Reply;
import io.burnish.kit.api.Resource;
import io.burnish.kit.api.Shape;
import io.burnish.kit.api.Table;
import io.burnish.kit.api.Wire;
import io.burnish.kit.api.query.Filter;
import io.burnish.kit.api.query.Operator;
import io.burnish.kit.api.query.Predicate;
import io.burnish.kit.security.Access;
import io.burnish.kit.sql.Database;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code /api/alert/} (API contract, core 2.4). Of a row only {@code dismissed} and {@code severity} can be written. */
@ApplicationScoped
public class AlertResource implements ApiResource {

    private static final List<String> TYPES =
            Arrays.stream(AlertType.values()).map(AlertType::wire).toList();
    private static final Filter SEVERITY =
            Filter.on("a.severity", FieldType.STRING, Operator.ENUMERATED).vocabulary(Severity.numbers(), false);

    private static final Wire CHANGE = Wire.takes(Shape.object()
            .optionally("dismissed", Shape.bool())
            .optionally("severity", Shape.oneOf(Severity.words().values().toArray(String[]::new))));

    private final Database database;
    private final Resource resource;

    AlertResource(Database database) {
        this.database = database;
        resource = Resource.named("alert")
                .table(Table.of("alert a", "a.id", Predicate.TRUE).orderedBy("a.begin_at DESC, a.id DESC"))
                .timesWithOffset()
                .fields(
                        Field.integer("id", "a.id").filter(Operator.ORDERED).identifying(),
                        Field.text("alert_type", "a.alert_type")
                                .filter(Operator.ENUMERATED)
                                .help("The class; for alerts of storage resources, with the condition"),
                        Field.text("record_type", "a.record_type")
                                .filter(Operator.ENUMERATED)
                                .oneOf(TYPES),
                        Field.text(
                                        "alert_item",
                                        "CASE WHEN a.item_type <> '" + Item.SERVICE
                                                + "' THEN '/api/' || a.item_type || '/' || a.item_id || '/' END")
                                .orNull(),
                        Field.integer("alert_item_id", "a.item_id")
                                .filter(Operator.ORDERED)
                                .orNull(),
                        Field.text("alert_item_str", "a.item_str").help("How the object is called"),
                        Field.list("affected", "a.affected")
                                .shaped(Shape.list(Shape.text().orNull()))
                                .help("URIs of what suffers from the problem"),
                        Field.text("message", "a.message").filter(Operator.TEXT),
                        Field.text("_message", "a.message"),
                        Field.datetime("begin", "a.begin_at")
                                .filter(Operator.ORDERED)
                                .ordering(),
                        Field.datetime("end", "a.end_at")
                                .filter(Operator.ORDERED)
                                .ordering()
                                .orNull(),
                        Field.bool("active", "a.active")
                                .filter(Operator.EXACT)
                                .ordering()
                                .orNull(),
                        Field.bool("dismissed", "a.dismissed")
                                .filter(Operator.EXACT)
                                .writable(),
                        Field.text("severity", "a.severity")
                                .words(Severity.words())
                                .filter(SEVERITY)
                                .writable(),
                        Field.integer("lustre_pid", "a.lustre_pid")
                                .filter(Operator.ORDERED)
                                .orNull(),
                        Field.text("variant", "a.variant").help("JSON text with what the class adds"))
                .listable(Access.READ)
                .readable(Access.READ)
                .onDetail(
                        HttpMethod.PATCH,
                        Access.FSADMIN,
                        "Dismiss",
                        CHANGE.gives(202, Shape.of("alert")),
                        call -> change(call, false))
                .onDetail(
                        HttpMethod.PUT,
                        Access.FSADMIN,
                        "Dismiss",
                        CHANGE.gives(200, Shape.of("alert")),
                        call -> change(call, true))
                .onListExtra(
                        "dismiss_all",
                        HttpMethod.PUT,
                        Access.FSADMIN,
                        "Dismiss what is over or harmless",
                        Wire.nothing().gives(204),
                        this::dismissAll)
                .build();
    }

    @Override
    public Resource resource() {
        return resource;
    }

    private Reply change(Call call, boolean complete) {
        long id = call.numericId();
        Optional<Severity> severity = severity(call.body().get("severity"), complete);
        Boolean dismissed = dismissed(call.body().get("dismissed"));
        int changed = database.transaction(tx -> tx.update(
                "UPDATE alert SET dismissed = coalesce($2, dismissed), severity = coalesce($3, severity) WHERE id = $1",
                id,
                dismissed,
                severity.map(Severity::stored).orElse(null)));
        if (changed == 0) {
            throw ApiError.notFound();
        }
        return new Reply.Stored(complete ? 200 : 202, id, false);
    }

    private static Optional<Severity> severity(JsonNode sent, boolean mandatory) {
        if (sent == null) {
            if (mandatory) {
                throw ApiError.field("severity", "invalid severity: severity");
            }
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(Severity.values())
                .filter(severity -> sent.isTextual() && severity.name().equals(sent.asText()))
                .findFirst()
                .orElseThrow(() -> ApiError.field("severity", "invalid severity: " + sent.asText())));
    }

    private static Boolean dismissed(JsonNode sent) {
        if (sent == null || sent.isNull()) {
            return null;
        }
        if (sent.isBoolean()) {
            return sent.asBoolean();
        }
        return switch (sent.asText().toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw ApiError.field("dismissed", "Must be true or false");
        };
    }

    /** All but active alerts of severity WARNING or ERROR. */
    private Reply dismissAll(Call call) {
        database.run(tx -> tx.update(
                "UPDATE alert SET dismissed = true WHERE NOT dismissed AND NOT (active IS TRUE AND severity IN"
                        + " (30, 40))"));
        return Reply.noContent();
    }
}
