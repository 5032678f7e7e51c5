package io.burnish.filesystem.filesystem;

import io.burnish.contracts.model.ObjectType;
import io.burnish.filesystem.creation.CreationRequest;
import io.burnish.kit.api.ApiResource;
import io.burnish.kit.api.Field;
import io.burnish.kit.api.Resource;
import io.burnish.kit.api.Shape;
import io.burnish.kit.api.Table;
import io.burnish.kit.api.Wire;
import io.burnish.kit.api.query.Operator;
import io.burnish.kit.api.query.Predicate;
import io.burnish.kit.embed.NeighbourWires;
import io.burnish.kit.offer.OfferFields;
import io.burnish.kit.security.Access;
import io.burnish.lifecycle.confparam.ConfParam;
import io.burnish.lifecycle.confparam.ConfParams;
import io.burnish.lifecycle.confparam.ParameterKind;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.stream.Collectors;

/** {@code /api/filesystem/} (API contract, storage 2). */
@ApplicationScoped
public class FilesystemResource implements ApiResource {

    private static final Shape PARAMETER_FORM = Shape.map(Shape.text().orNull());

    private static final String TARGETS = """
        (SELECT coalesce(array_agg(n.id ORDER BY n.id), '{}') FROM neighbour n
        WHERE n.type = 'target' AND NOT n.gone AND n.fact ->> 'filesystemId' = f.id::text AND n.fact ->> 'kind' = '%s')\
        """;

    /** Each server of the MGT with its NIDs, primary first; servers without NIDs are left out (storage 26.6). */
    private static final String MOUNT_PATH = """
        (SELECT string_agg(nids.text, ':' ORDER BY m.position) || ':/' || f.name
        FROM neighbour g
        CROSS JOIN LATERAL jsonb_array_elements(g.fact -> 'mounts') WITH ORDINALITY AS m (mount, position)
        CROSS JOIN LATERAL (
            SELECT string_agg(nid.value, ',' ORDER BY nid.position) AS text FROM neighbour l
            CROSS JOIN LATERAL jsonb_array_elements_text(l.fact -> 'nids') WITH ORDINALITY AS nid (value, position)
            WHERE l.type = 'lnet_configuration' AND NOT l.gone AND l.fact ->> 'hostId' = m.mount ->> 'hostId') AS nids
        WHERE g.ref = 'target:' || f.mgt_id AND nids.text IS NOT NULL)\
        """;

    private static final String PARAMETERS = ConfParams.of(ParameterKind.FILESYSTEM).stream()
            .map(ConfParam::name)
            .map(name -> "'%s', f.conf_params -> '%s'".formatted(name, name))
            .collect(Collectors.joining(", ", "json_build_object(", ")::text"));

    /** The MDT that the coordinator of hierarchical storage management is asked of. */
    private static final String FIRST_MDT = """
        (SELECT n.id, n.wire -> 'conf_params' AS params FROM neighbour n
        WHERE n.type = 'target' AND NOT n.gone AND n.fact ->> 'filesystemId' = f.id::text AND n.fact ->> 'kind' = 'MDT'
        ORDER BY n.id LIMIT 1) AS mdt\
        """;

    /** What the coordinator can be told besides what it is: never nothing, and nothing without an MDT. */
    private static final String COORDINATOR = """
        (SELECT json_agg(json_build_object('param_key', 'mdt.hsm_control', 'param_value', v.value, 'verb', v.verb,
            'long_description', v.help, 'mdt',
            json_build_object('conf_params', mdt.params, 'id', mdt.id::text, 'kind', 'MDT', 'resource', 'target')))::text
        FROM %s CROSS JOIN (VALUES
            ('disabled', 'Disable', 'Pauses the coordinator of hierarchical storage management: requests are queued, none is given out.'),
            ('enabled', 'Enable', 'Has the coordinator of hierarchical storage management give requests to copytools.'),
            ('shutdown', 'Shutdown', 'Stops the coordinator of hierarchical storage management: nothing can be queued.'))
            AS v (value, verb, help)
        WHERE mdt.params ->> 'mdt.hsm_control' IS DISTINCT FROM v.value)\
        """.formatted(FIRST_MDT);

    private static String usage(String figure) {
        return "(SELECT u.%s FROM filesystem_usage u WHERE u.filesystem_id = f.id)".formatted(figure);
    }

    private static final Shape SWITCH = Shape.object()
            .with("param_key", Shape.text())
            .with("param_value", Shape.text())
            .with("verb", Shape.text())
            .with("long_description", Shape.text())
            .with(
                    "mdt",
                    Shape.object()
                            .with("conf_params", PARAMETER_FORM.orNull())
                            .with("id", Shape.text())
                            .with("kind", Shape.text())
                            .with("resource", Shape.text()));

    private static final Shape NEW_TARGET = Shape.object()
            .optionally("volume_id", Shape.anything())
            .optionally("id", Shape.anything())
            .optionally("conf_params", PARAMETER_FORM)
            .optionally("reformat", Shape.bool())
            .optionally("inode_size", Shape.anything())
            .optionally("inode_count", Shape.anything())
            .optionally("bytes_per_inode", Shape.anything());

    private static final Wire CREATION = Wire.takes(Shape.object()
                    .with("name", Shape.text().keyword("maxLength", 8))
                    .with("mgt", NEW_TARGET.help("A new MGT on volume_id, or id of one that is there"))
                    .optionally("mdts", Shape.list(NEW_TARGET))
                    .optionally("mdt", NEW_TARGET.help("The only MDT, instead of mdts"))
                    .with("osts", Shape.list(NEW_TARGET))
                    .optionally("conf_params", PARAMETER_FORM))
            .gives(202, Shape.object().with("command", Shape.of("command")).with("filesystem", Shape.of("filesystem")));

    private static final Wire CHANGE = Wire.takes(Shape.object()
                    .optionally("id", Shape.anything())
                    .optionally("state", Shape.text())
                    .optionally("dry_run", Shape.bool())
                    .optionally("conf_params", PARAMETER_FORM))
            .gives(
                    202,
                    Shape.anyOf(
                            Wire.COMMAND,
                            Shape.object()
                                    .with("command", Shape.of("command"))
                                    .with("filesystem", Shape.of("filesystem"))))
            .gives(204)
            .gives(200, Shape.anyOf(Shape.of("filesystem"), Wire.CONSEQUENCES));

    private final Resource resource;

    FilesystemResource(
            NeighbourWires wires,
            OfferFields offers,
            Instance<FilesystemRequests> requests,
            Instance<CreationRequest> creation) {
        resource = Resource.named("filesystem")
                .table(Table.of("filesystem f", "f.id", Predicate.of("f.not_deleted AND f.visible")))
                .fields(
                        Field.integer("id", "f.id")
                                .filter(Operator.EXACT, Operator.IN)
                                .identifying(),
                        Field.text("name", "f.name")
                                .filter(Operator.EXACT)
                                .ordering()
                                .writable()
                                .help("1 to 8 characters"),
                        Field.text("label", "f.name"),
                        Field.text("state", "f.state").writable(),
                        Field.datetime("state_modified_at", "f.state_modified_at"),
                        Field.bool("immutable_state", "f.immutable_state"),
                        Field.integer("content_type_id", Integer.toString(ObjectType.FILESYSTEM.contentTypeId())),
                        Field.toOne("mgt", "f.mgt_id", "target", wires.of(ObjectType.TARGET))
                                .full(),
                        Field.toMany("mdts", TARGETS.formatted("MDT"), "target", wires.of(ObjectType.TARGET))
                                .full(),
                        Field.toMany("osts", TARGETS.formatted("OST"), "target", wires.of(ObjectType.TARGET)),
                        Field.dict("conf_params", PARAMETERS)
                                .shaped(PARAMETER_FORM)
                                .writable(),
                        Field.decimal("bytes_total", usage("bytes_total"))
                                .orNull()
                                .help("Null until a sample was received"),
                        Field.decimal("bytes_free", usage("bytes_free")).orNull(),
                        Field.decimal("files_total", usage("files_total")).orNull(),
                        Field.decimal("files_free", usage("files_free")).orNull(),
                        Field.decimal("client_count", usage("client_count"))
                                .orNull()
                                .help("Clients that are connected to an MDT, on average over the MDTs"),
                        Field.text(
                                        "cdt_status",
                                        "(SELECT coalesce(mdt.params ->> 'mdt.hsm_control', '') FROM %s)"
                                                .formatted(FIRST_MDT))
                                .mapped(status -> status.equals("") ? null : status)
                                .shaped(Shape.text().orNull())
                                .orAbsent()
                                .help("mdt.hsm_control of the first MDT; absent without any, as what belongs to it"),
                        Field.toOne(
                                        "cdt_mdt",
                                        "(SELECT mdt.id FROM %s)".formatted(FIRST_MDT),
                                        "target",
                                        wires.of(ObjectType.TARGET))
                                .orAbsent(),
                        Field.list("hsm_control_params", COORDINATOR)
                                .shaped(Shape.list(SWITCH))
                                .orAbsent()
                                .help("Parameters to PUT to the MDT to switch its HSM coordinator"),
                        Field.text("mount_path", MOUNT_PATH).orNull().help("What clients mount"),
                        Field.text("mount_command", "'mount -t lustre ' || " + MOUNT_PATH + " || ' /mnt/' || f.name")
                                .orNull())
                .fields(offers.of(ObjectType.FILESYSTEM, "f.id"))
                .listable(Access.READ)
                .readable(Access.READ)
                .onList(HttpMethod.POST, Access.FSADMIN, "Create", CREATION, call -> creation.get()
                        .create(call))
                .onDetail(HttpMethod.PUT, Access.FSADMIN, "Change the state", CHANGE, call -> requests.get()
                        .put(call))
                .onDetail(HttpMethod.DELETE, Access.FSADMIN, "Remove", Wire.REMOVAL, call -> requests.get()
                        .remove(call))
                .build();
    }

    @Override
    public Resource resource() {
        return resource;
    }
}
