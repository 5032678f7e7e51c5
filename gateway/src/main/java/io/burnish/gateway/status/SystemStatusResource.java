package io.burnish.gateway.status;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.ContractJson;
import io.burnish.kit.api.ApiResource;
import io.burnish.kit.api.Call;
import io.burnish.kit.api.Field;
import io.burnish.kit.api.Reply;
import io.burnish.kit.api.Resource;
import io.burnish.kit.api.Shape;
import io.burnish.kit.security.Access;
import io.burnish.kit.sql.Database;
import io.burnish.kit.sql.Tx;
import io.vertx.core.http.HttpMethod;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Internals for support (API contract, core 2.12): statistics of the gateway's PostgreSQL. Burnish has no RabbitMQ, its part is null.
 */
@ApplicationScoped
class SystemStatusResource implements ApiResource {

    private static final Set<String> ACTIVITY_OMITS =
            Set.of("xact_start", "query_start", "backend_start", "client_port", "client_addr", "datid");
    private static final Set<String> TABLES_OMIT = Set.of("relid", "schemaname");

    private final Database database;

    SystemStatusResource(Database database) {
        this.database = database;
    }

    private static final Shape VIEW = Shape.object()
            .with("columns", Shape.list(Shape.text()))
            .with("rows", Shape.list(Shape.list(Shape.anything())));
    private static final Shape POSTGRES = Shape.object()
            .with("pg_stat_activity", VIEW)
            .with(
                    "table_stats",
                    Shape.object().with("pg_stat_user_tables", VIEW).with("pg_statio_user_tables", VIEW));

    @Override
    public Resource resource() {
        return Resource.named("system_status")
                .fields(
                        Field.dict("postgres", null).shaped(POSTGRES).help("PostgreSQL statistics"),
                        Field.dict("rabbitmq", null).orNull().help("RabbitMQ statistics"),
                        Field.text("resource_uri", null))
                .onList(HttpMethod.GET, Access.SUPERUSER, "Statistics of the database", this::show)
                .build();
    }

    private Reply show(Call call) {
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        status.set("postgres", database.transaction(SystemStatusResource::postgres));
        status.putNull("rabbitmq");
        status.put("resource_uri", call.resource().path());
        return Reply.ok(status);
    }

    private static ObjectNode postgres(Tx tx) {
        ObjectNode postgres = JsonNodeFactory.instance.objectNode();
        postgres.set("pg_stat_activity", table(tx, "pg_stat_activity", ACTIVITY_OMITS));
        ObjectNode tables = postgres.putObject("table_stats");
        tables.set("pg_stat_user_tables", table(tx, "pg_stat_user_tables", TABLES_OMIT));
        tables.set("pg_statio_user_tables", table(tx, "pg_statio_user_tables", TABLES_OMIT));
        return postgres;
    }

    /** A view as columns and rows. PostgreSQL writes the rows as JSON, in the order of the view's columns. */
    private static ObjectNode table(Tx tx, String view, Set<String> omitted) {
        List<ObjectNode> rows = new ArrayList<>();
        for (Row row : tx.query("SELECT row_to_json(v)::text FROM " + view + " v")) {
            ObjectNode object = ContractJson.read(row.getString(0), ObjectNode.class);
            object.remove(omitted);
            rows.add(object);
        }
        ObjectNode table = JsonNodeFactory.instance.objectNode();
        ArrayNode columns = table.putArray("columns");
        if (!rows.isEmpty()) {
            rows.getFirst().fieldNames().forEachRemaining(columns::add);
        }
        ArrayNode values = table.putArray("rows");
        rows.forEach(object -> object.forEach(values.addArray()::add));
        return table;
    }
}
