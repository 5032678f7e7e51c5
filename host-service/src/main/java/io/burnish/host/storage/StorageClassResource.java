package io.burnish.host.storage;

import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.ApiResource;
import io.burnish.kit.api.Call;
import io.burnish.kit.api.Field;
import io.burnish.kit.api.Reply;
import io.burnish.kit.api.Resource;
import io.burnish.kit.api.Shape;
import io.burnish.kit.api.Table;
import io.burnish.kit.api.Wire;
import io.burnish.kit.api.query.Operator;
import io.burnish.kit.api.query.Predicate;
import io.burnish.kit.security.Access;
import io.burnish.kit.sql.Database;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;

/** {@code /api/storage_resource_class/} (API contract, storage 8). */
@ApplicationScoped
class StorageClassResource implements ApiResource {

    private static final Shape COLUMN =
            Shape.object().with("name", Shape.text()).with("label", Shape.text());
    private static final Shape INPUT = COLUMN.with("optional", Shape.bool())
            .with("user_read_only", Shape.bool())
            .with("class", Shape.text());

    private final Resource resource;
    private final Database database;

    StorageClassResource(Database database) {
        this.database = database;
        resource = Resource.named("storage_resource_class")
                .table(Table.of("storage_resource_class c", "c.id", Predicate.of("c.loaded")))
                .fields(
                        Field.integer("id", "c.id").identifying(),
                        Field.text("plugin_name", "c.plugin_name").filter(Operator.EXACT),
                        Field.bool("plugin_internal", "c.plugin_internal").filter(Operator.EXACT),
                        Field.text("class_name", "c.class_name")
                                .filter(Operator.EXACT)
                                .ordering(),
                        Field.text("label", "c.plugin_name || '-' || c.class_name"),
                        Field.bool("user_creatable", "c.user_creatable").filter(Operator.EXACT),
                        Field.list("columns", "c.columns::text").shaped(Shape.list(COLUMN)),
                        Field.list("fields", "c.fields::text").shaped(Shape.list(INPUT)))
                .listable(Access.READ)
                .onDetail(
                        HttpMethod.GET,
                        Access.READ,
                        "Read one, by id or by plug-in and class",
                        Wire.nothing().gives(200, Shape.of("storage_resource_class")),
                        this::read)
                .build();
    }

    @Override
    public Resource resource() {
        return resource;
    }

    private Reply read(Call call) {
        return ClassPath.of(call.id())
                .map(path -> Reply.stored(database.transaction(tx -> tx.first(
                                "SELECT id FROM storage_resource_class WHERE plugin_name = $1 AND class_name = $2 AND"
                                        + " loaded",
                                path.plugin(),
                                path.className()))
                        .orElseThrow(ApiError::notFound)
                        .getLong(0)))
                .orElseGet(() -> {
                    long id = call.numericId();
                    database.transaction(
                                    tx -> tx.first("SELECT 1 FROM storage_resource_class WHERE id = $1 AND loaded", id))
                            .orElseThrow(ApiError::notFound);
                    return Reply.stored(id);
                });
    }
}
