package io.burnish.host.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.ContractJson;
import io.burnish.host.secret.SecretStore;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.FormErrors;
import io.burnish.kit.sql.Database;
import io.burnish.kit.sql.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Enters, names, changes and removes resources for users (API contract, storage 7.3 to 7.5). */
@ApplicationScoped
class RootResources {

    private static final Set<String> SERVED = Set.of(
            "id",
            "resource_uri",
            "plugin_name",
            "class_name",
            "alias",
            "default_alias",
            "attributes",
            "alerts",
            "propagated_alerts",
            "stats",
            "charts",
            "deletable",
            "parent_classes",
            "storage_id_str",
            "attrs");

    private final Database database;
    private final StorageClasses classes;
    private final StorageResources resources;
    private final SecretStore secrets;

    RootResources(Database database, StorageClasses classes, StorageResources resources, SecretStore secrets) {
        this.database = database;
        this.classes = classes;
        this.resources = resources;
        this.secrets = secrets;
    }

    /** Enters a resource, or finds the one of the same identity; returns its id. */
    long create(ObjectNode body) {
        ClassDeclaration type = type(body);
        String plugin = body.path("plugin_name").asText();
        FormErrors errors = new FormErrors();
        JsonNode attributes = body.path("attrs");
        if (!attributes.isObject()) {
            errors.add("attrs", RootResourceForm.MANDATORY);
        }
        Optional<String> alias = Alias.of(body.get(Alias.FIELD), errors);
        RootResourceForm form = RootResourceForm.of(
                type,
                attributes instanceof ObjectNode sent ? sent : JsonNodeFactory.instance.objectNode(),
                null,
                errors);
        errors.refuseIfAny();
        return database.transaction(tx -> {
            Optional<Row> created = tx.first(
                    """
                    INSERT INTO storage_resource (plugin_name, class_name, identity, name, alias, attributes, root)
                    VALUES ($1, $2, $3, $4, $5, $6::text::jsonb, true) ON CONFLICT DO NOTHING RETURNING id""",
                    plugin,
                    type.name(),
                    form.identity(),
                    form.name(),
                    alias.orElse(null),
                    form.values().toString());
            created.ifPresent(row -> {
                keep(tx, row.getLong(0), form);
                resources.publish(tx, List.of(row.getLong(0)));
            });
            return created.map(row -> row.getLong(0))
                    .or(() -> resources.find(tx, plugin, type.name(), form.identity()))
                    .orElseThrow();
        });
    }

    private ClassDeclaration type(ObjectNode body) {
        FormErrors errors = new FormErrors();
        for (String key : List.of("plugin_name", "class_name")) {
            if (!body.path(key).isTextual() || body.path(key).asText().isBlank()) {
                errors.add(key, RootResourceForm.MANDATORY);
            }
        }
        errors.refuseIfAny();
        ClassDeclaration type = known(body);
        if (!type.userCreatable()) {
            throw ApiError.field(
                    "class_name", "%s is reported by servers, it cannot be entered".formatted(type.name()));
        }
        return type;
    }

    private ClassDeclaration known(ObjectNode body) {
        String plugin = body.path("plugin_name").asText();
        String className = body.path("class_name").asText();
        List<String> names =
                classes.namesOf(plugin).orElseThrow(() -> ApiError.field("plugin_name", "PluginNotFound: " + plugin));
        return classes.find(plugin, className)
                .orElseThrow(() -> ApiError.field(
                        "class_name",
                        "PluginNotFound: Resource %s not found in %s (not one of %s)"
                                .formatted(className, plugin, names)));
    }

    private void keep(Tx tx, long id, RootResourceForm form) {
        form.passwords().values().forEach(password -> secrets.keep(tx, StorageResources.secretOwner(id), password));
    }

    /** Names a resource, and changes the values that users may change. */
    void change(long id, ObjectNode body) {
        if (body.has("plugin_name") || body.has("class_name")) {
            ObjectNode named = body.deepCopy();
            Row present = database.transaction(tx -> stored(tx, id, ""));
            named.put("plugin_name", body.path("plugin_name").asText(present.getString("plugin_name")));
            named.put("class_name", body.path("class_name").asText(present.getString("class_name")));
            known(named);
        }
        database.run(tx -> change(tx, id, body));
    }

    private void change(Tx tx, long id, ObjectNode body) {
        Row present = stored(tx, id, " FOR UPDATE");
        FormErrors errors = new FormErrors();
        Optional<String> alias = Alias.of(body.get(Alias.FIELD), errors);
        ObjectNode sent = body.deepCopy();
        sent.remove(SERVED);
        if (sent.isEmpty() && !body.has(Alias.FIELD)) {
            errors.add(Alias.FIELD, FormErrors.REQUIRED);
        }
        if (!sent.isEmpty()) {
            values(tx, present, sent, errors);
        }
        errors.refuseIfAny();
        if (body.has(Alias.FIELD)) {
            // a complete copy gives the default name back as the alias
            tx.update(
                    "UPDATE storage_resource SET alias = CASE WHEN alias IS NULL AND name = $2 THEN NULL ELSE $2 END WHERE id = $1",
                    id,
                    alias.orElse(null));
        }
        resources.publish(tx, List.of(id));
    }

    private void values(Tx tx, Row present, ObjectNode sent, FormErrors errors) {
        ClassDeclaration type = classes.find(present.getString("plugin_name"), present.getString("class_name"))
                .orElseThrow(ApiError::notFound);
        if (!type.userCreatable()) {
            sent.fieldNames()
                    .forEachRemaining(
                            name -> errors.add(name, "This value is reported by servers, it cannot be changed"));
            return;
        }
        type.attributes().stream()
                .filter(attribute -> attribute.userReadOnly() && sent.has(attribute.name()))
                .forEach(attribute -> errors.add(attribute.name(), "This value cannot be changed"));
        RootResourceForm form =
                RootResourceForm.of(type, sent, ContractJson.read(present.getString("text"), ObjectNode.class), errors);
        errors.refuseIfAny();
        long id = present.getLong("id");
        boolean taken = resources
                .find(tx, present.getString("plugin_name"), type.name(), form.identity())
                .filter(other -> other != id)
                .isPresent();
        if (taken) {
            throw ApiError.field("__all__", "There is a %s with these values already".formatted(type.name()));
        }
        tx.update(
                "UPDATE storage_resource SET identity = $2, name = $3, attributes = $4::text::jsonb, next_scan_at = NULL WHERE id = $1",
                id,
                form.identity(),
                form.name(),
                form.values().toString());
        if (!form.passwords().isEmpty()) {
            secrets.forget(tx, StorageResources.secretOwner(id));
            keep(tx, id, form);
        }
    }

    private static Row stored(Tx tx, long id, String lock) {
        return tx.first("SELECT r.*, r.attributes::text AS text FROM storage_resource r WHERE r.id = $1" + lock, id)
                .orElseThrow(ApiError::notFound);
    }

    /** Removes a resource with what depends on it. */
    void remove(long id) {
        database.run(tx -> {
            tx.query("SELECT pg_advisory_xact_lock($1)", StorageRegistry.ONE_AT_A_TIME);
            stored(tx, id, " FOR UPDATE");
            resources.remove(tx, id);
        });
    }
}
