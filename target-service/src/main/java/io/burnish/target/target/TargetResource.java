package io.burnish.target.target;

import io.burnish.contracts.model.ObjectType;
import io.burnish.contracts.model.TargetKind;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.ApiResource;
import io.burnish.kit.api.Field;
import io.burnish.kit.api.Resource;
import io.burnish.kit.api.Shape;
import io.burnish.kit.api.Table;
import io.burnish.kit.api.Wire;
import io.burnish.kit.api.query.Operator;
import io.burnish.kit.api.query.Parameters;
import io.burnish.kit.api.query.Predicate;
import io.burnish.kit.embed.NeighbourWires;
import io.burnish.kit.offer.OfferFields;
import io.burnish.kit.security.Access;
import io.burnish.lifecycle.confparam.ConfParam;
import io.burnish.lifecycle.confparam.ConfParams;
import io.burnish.lifecycle.confparam.ParameterKind;
import io.burnish.target.confparam.ParameterView;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.stream.Collectors;

/** {@code /api/target/} (API contract, storage 3). */
@ApplicationScoped
public class TargetResource implements ApiResource {

    private static final String PRIMARY_HOST =
            "(SELECT m.host_id FROM target_mount m WHERE m.target_id = t.id AND m.is_primary)";
    private static final String ACTIVE_HOST = "(SELECT m.host_id FROM target_mount m WHERE m.id = t.active_mount_id)";
    private static final String FAILOVER_HOSTS = """
        (SELECT coalesce(array_agg(m.host_id ORDER BY m.id), '{}') FROM target_mount m
        WHERE m.target_id = t.id AND NOT m.is_primary)\
        """;
    private static final String FAILOVER_NAME = """
        coalesce((SELECT n.label FROM target_mount m JOIN neighbour n ON n.ref = 'host:' || m.host_id
        WHERE m.target_id = t.id AND NOT m.is_primary ORDER BY m.id LIMIT 1), '---')\
        """;
    private static final String VOLUME_NAME =
            "(SELECT n.fact ->> 'label' FROM neighbour n WHERE n.ref = 'volume:' || t.volume_id)";
    private static final String FILESYSTEMS = """
        (CASE WHEN t.kind = 'MGT' THEN
            (SELECT coalesce(json_agg(json_build_object('id', n.id, 'name', n.label) ORDER BY n.id), '[]')::text
            FROM neighbour n WHERE n.type = 'filesystem' AND NOT n.gone AND n.fact ->> 'mgtId' = t.id::text) END)\
        """;
    private static final String CONF_PARAMS = "(CASE t.kind WHEN 'MDT' THEN %s WHEN 'OST' THEN %s END)"
            .formatted(parameters(ParameterKind.MDT), parameters(ParameterKind.OST));
    private static final String CONTENT_TYPE = "(CASE t.kind WHEN 'MGT' THEN %d WHEN 'MDT' THEN %d ELSE %d END)"
            .formatted(TargetKind.MGT.contentTypeId(), TargetKind.MDT.contentTypeId(), TargetKind.OST.contentTypeId());

    private static final Shape PARAMETERS = Shape.map(Shape.text().orNull());
    private static final Shape NEW_TARGET = Shape.object()
            .with("kind", Shape.oneOf("MGT", "MDT", "OST"))
            .with("volume_id", Shape.anything())
            .optionally("filesystem_id", Shape.anything())
            .optionally("conf_params", PARAMETERS)
            .optionally("reformat", Shape.bool())
            .optionally("inode_size", Shape.anything())
            .optionally("inode_count", Shape.anything())
            .optionally("bytes_per_inode", Shape.anything());
    private static final Wire CREATION = Wire.takes(NEW_TARGET);
    private static final Wire CHANGE = Wire.takes(Shape.object()
                    .optionally("state", Shape.text())
                    .optionally("dry_run", Shape.bool())
                    .optionally("kind", Shape.oneOf("MGT", "MDT", "OST"))
                    .optionally("id", Shape.anything())
                    .optionally("conf_params", PARAMETERS))
            .gives(
                    202,
                    Shape.anyOf(
                            Wire.COMMAND,
                            Shape.object().with("command", Shape.of("command")).with("target", Shape.of("target"))))
            .gives(204)
            .gives(200, Shape.anyOf(Shape.of("target"), Wire.CONSEQUENCES));

    private final Resource resource;

    TargetResource(
            NeighbourWires wires,
            OfferFields offers,
            Instance<TargetRequests> requests,
            Instance<ParameterView> parameters) {
        resource = Resource.named("target")
                .table(Table.of("target t", "t.id", Predicate.of("t.not_deleted AND t.visible")))
                .fields(
                        Field.integer("id", "t.id")
                                .filter(Operator.EXACT, Operator.IN)
                                .identifying(),
                        Field.text("kind", "t.kind").writable().help("MGT, MDT or OST"),
                        Field.text("name", "t.name")
                                .filter(Operator.EXACT)
                                .ordering()
                                .help("Name in Lustre, for example scratch-OST0000"),
                        Field.text("label", "t.name"),
                        Field.integer("index", "t.target_index").orNull().help("Lustre index"),
                        Field.text("uuid", "t.uuid").orNull().help("UUID of the backing file system"),
                        Field.text("ha_label", "t.ha_label").orNull().help("Name of the resource in Pacemaker"),
                        Field.integer("inode_size", "t.inode_size").orNull(),
                        Field.bigInteger("inode_count", "t.inode_count").orNull(),
                        Field.text("state", "t.state").writable(),
                        Field.datetime("state_modified_at", "t.state_modified_at"),
                        Field.bool("immutable_state", "t.immutable_state").filter(Operator.EXACT),
                        Field.integer("content_type_id", CONTENT_TYPE),
                        Field.dict("conf_params", CONF_PARAMS)
                                .orNull()
                                .shaped(PARAMETERS)
                                .writable(),
                        Field.toOne("filesystem", "t.filesystem_id", "filesystem", null)
                                .orNull(),
                        Field.integer("filesystem_id", "t.filesystem_id").orNull(),
                        Field.text("filesystem_name", "t.filesystem_name").orNull(),
                        Field.list("filesystems", FILESYSTEMS)
                                .orNull()
                                .shaped(Shape.list(Shape.object()
                                        .with("id", Shape.integer())
                                        .with("name", Shape.text())))
                                .help("File systems of an MGT"),
                        Field.toOne("volume", "t.volume_id", "volume", wires.of(ObjectType.VOLUME))
                                .full(),
                        Field.text("volume_name", VOLUME_NAME).ordering(),
                        Field.toOne("primary_server", PRIMARY_HOST, "host", wires.of(ObjectType.HOST)),
                        Field.text("primary_server_name", label(PRIMARY_HOST)),
                        Field.toMany("failover_servers", FAILOVER_HOSTS, "host", wires.of(ObjectType.HOST)),
                        Field.text("failover_server_name", FAILOVER_NAME),
                        Field.toOne("active_host", ACTIVE_HOST, "host", wires.of(ObjectType.HOST))
                                .orNull(),
                        Field.text("active_host_name", label(ACTIVE_HOST)))
                .fields(offers.of(ObjectType.TARGET, "t.id"))
                .parameter("kind", (value, all) -> Predicate.of("t.kind = upper(?)", value))
                .parameter("filesystem_id", (value, all) -> ofFilesystem(number(value)))
                .parameter("host_id", (value, all) -> onHost(number(value), all))
                .parameter("primary", (value, all) -> Predicate.TRUE)
                .listable(Access.READ)
                .readable(Access.READ)
                .onList(
                        HttpMethod.POST,
                        Access.FSADMIN,
                        "Create",
                        CREATION.gives(
                                202,
                                Shape.object()
                                        .with("command", Shape.of("command"))
                                        .with("target", Shape.of("target"))),
                        call -> requests.get().create(call))
                .onList(
                        HttpMethod.PATCH,
                        Access.FSADMIN,
                        "Create several",
                        Wire.takes(Shape.object()
                                        .with("objects", Shape.list(NEW_TARGET))
                                        .optionally("deletions", Shape.list(Shape.anything())))
                                .gives(
                                        202,
                                        Shape.object()
                                                .with("command", Shape.of("command"))
                                                .with("targets", Shape.list(Shape.link("target")))),
                        call -> requests.get().createSeveral(call))
                .onDetail(HttpMethod.PUT, Access.FSADMIN, "Change the state", CHANGE, call -> requests.get()
                        .put(call))
                .onDetailExtra(
                        "conf_params",
                        HttpMethod.GET,
                        Access.READ,
                        "Parameters and whether the MGS has them",
                        Wire.nothing().gives(200, Shape.map(Shape.anything())),
                        call -> parameters.get().show(call))
                .onDetail(HttpMethod.DELETE, Access.FSADMIN, "Remove", Wire.REMOVAL, call -> requests.get()
                        .remove(call))
                .build();
    }

    @Override
    public Resource resource() {
        return resource;
    }

    /** The parameters of a kind as a JSON object in which those that are not set are null. */
    private static String parameters(ParameterKind kind) {
        return ConfParams.of(kind).stream()
                .map(ConfParam::name)
                .map(name -> "'%s', t.conf_params -> '%s'".formatted(name, name))
                .collect(Collectors.joining(", ", "json_build_object(", ")::text"));
    }

    private static String label(String hostId) {
        return "coalesce((SELECT n.label FROM neighbour n WHERE n.ref = 'host:' || " + hostId + "), '---')";
    }

    private static Predicate ofFilesystem(long id) {
        return Predicate.of("""
            t.filesystem_id = ? OR t.id = (SELECT (n.fact ->> 'mgtId')::bigint FROM neighbour n
            WHERE n.ref = 'filesystem:' || ? AND NOT n.gone)\
            """, id, Long.toString(id));
    }

    private static Predicate onHost(long id, Parameters all) {
        String mounted = "EXISTS (SELECT 1 FROM target_mount m WHERE m.target_id = t.id AND m.host_id = ?";
        return all.last("primary")
                .filter(text -> !text.isEmpty())
                .map(text -> Predicate.of(mounted + " AND m.is_primary = ?)", id, isTrue(text)))
                .orElseGet(() -> Predicate.of(mounted + ")", id));
    }

    private static boolean isTrue(String text) {
        return !text.equals("0") && !text.equalsIgnoreCase("false");
    }

    private static long number(String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw ApiError.badQuery("Invalid resource lookup data provided (mismatched type).");
        }
    }
}
