package io.burnish.host.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.ContractJson;
import io.burnish.host.profile.ProfileFit;
import io.burnish.host.spi.BulkRequest;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.ApiResource;
import io.burnish.kit.api.Call;
import io.burnish.kit.api.Field;
import io.burnish.kit.api.Reply;
import io.burnish.kit.api.Resource;
import io.burnish.kit.api.Shape;
import io.burnish.kit.api.Wire;
import io.burnish.kit.security.Access;
import io.burnish.kit.sql.Database;
import io.burnish.kit.sql.Tx;
import io.vertx.core.http.HttpMethod;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** {@code /api/host_profile/} (API contract, core 2.18): which profiles suit which server, and assigning them. */
@ApplicationScoped
class HostProfileResource implements ApiResource {

    private static final Shape COMMANDS = Shape.list(Shape.of("command"));
    private static final Shape FIT = Shape.object()
            .with("address", Shape.text())
            .with("host", Shape.integer())
            .with("profiles", Shape.map(Shape.list(Shape.anything())))
            .with("profiles_valid", Shape.bool())
            .with("resource_uri", Shape.text());

    private static final String HOSTS =
            "SELECT id, address, properties::text AS properties FROM host WHERE not_deleted AND NOT provisional";

    private final Database database;
    private final ProfileAssignment assignment;
    private final Resource resource;

    HostProfileResource(Database database, ProfileAssignment assignment) {
        this.database = database;
        this.assignment = assignment;
        this.resource = Resource.named("host_profile")
                .fields(
                        Field.dict("host_profiles", null)
                                .shaped(FIT)
                                .help("Server, and by profile the results of its rules"),
                        Field.text("error", null).orNull(),
                        Field.text("traceback", null).orNull())
                .computed(Access.READ, this::list)
                .onDetail(
                        HttpMethod.GET,
                        Access.READ,
                        "How the profiles suit a server",
                        Wire.nothing().gives(200, FIT),
                        this::one)
                .onDetail(
                        HttpMethod.PUT,
                        Access.FSADMIN,
                        "Assign a profile",
                        Wire.takes(Shape.object().with("profile", Shape.text()))
                                .gives(202, COMMANDS)
                                .gives(204),
                        this::put)
                .onList(
                        HttpMethod.POST,
                        Access.FSADMIN,
                        "Assign profiles",
                        Wire.bulk(
                                Shape.object().with("host", Shape.integer()).with("profile", Shape.text()),
                                "commands",
                                COMMANDS),
                        this::post)
                .build();
    }

    @Override
    public Resource resource() {
        return resource;
    }

    private List<ObjectNode> list(Call call) {
        Long[] ids = call.parameters().all("id__in").stream()
                .map(HostProfileResource::id)
                .toArray(Long[]::new);
        return database.transaction(tx -> {
            ProfileFit fit = ProfileFit.of(tx, call.parameters());
            List<ObjectNode> entries = new ArrayList<>();
            for (Row row : tx.query(
                    HOSTS + " AND (cardinality($1::bigint[]) = 0 OR id = ANY ($1)) ORDER BY id", (Object) ids)) {
                ObjectNode entry = JsonNodeFactory.instance.objectNode();
                entry.set("host_profiles", detail(row, fit));
                entries.add(entry.putNull("error").putNull("traceback"));
            }
            return entries;
        });
    }

    private static Long id(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw ApiError.plainField("error", "'%s' is no id of a server.".formatted(text));
        }
    }

    private Reply one(Call call) {
        return database.transaction(tx -> Reply.ok(detail(
                host(tx, call.numericId()).orElseThrow(ApiError::notFoundJson), ProfileFit.of(tx, call.parameters()))));
    }

    private static java.util.Optional<Row> host(Tx tx, long id) {
        return tx.first(HOSTS + " AND id = $1", id);
    }

    private static ObjectNode detail(Row row, ProfileFit fit) {
        ObjectNode properties = ContractJson.read(row.getString("properties"), ObjectNode.class);
        ObjectNode detail = JsonNodeFactory.instance.objectNode();
        detail.put("address", row.getString("address"));
        detail.put("host", row.getLong("id"));
        detail.set("profiles", fit.on(properties));
        detail.put("profiles_valid", !properties.isEmpty());
        return detail.put("resource_uri", "/api/host_profile/%d/".formatted(row.getLong("id")));
    }

    private Reply put(Call call) {
        ObjectNode element = call.body().deepCopy().put("host", call.numericId());
        database.run(tx -> host(tx, call.numericId()).orElseThrow(ApiError::notFoundJson));
        return BulkRequest.answer(element, "commands", (one, index) -> assign(call, one, index));
    }

    private Reply post(Call call) {
        return BulkRequest.answer(call.body(), "commands", (one, index) -> assign(call, one, index));
    }

    private JsonNode assign(Call call, ObjectNode element, int index) {
        if (!element.path("profile").isTextual()) {
            throw ApiError.plainField("error", "'profile'");
        }
        if (!element.path("host").canConvertToLong()) {
            throw ApiError.plainField("error", "'host'");
        }
        return assignment.assign(
                call, element.path("host").asLong(), element.path("profile").asText(), index);
    }
}
