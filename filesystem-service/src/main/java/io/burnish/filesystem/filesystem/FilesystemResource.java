package io.burnish.filesystem.filesystem;

import io.burnish.contracts.model.ObjectType;
import io.burnish.filesystem.creation.CreationRequest;
import io.burnish.kit.api.ApiResource;
import io.burnish.kit.api.Field;
import io.burnish.kit.api.Resource;
import io.burnish.kit.api.Table;
import io.burnish.kit.api.query.Operator;
import io.burnish.kit.api.query.Predicate;
import io.burnish.kit.facts.NeighbourWires;
import io.burnish.kit.offer.OfferFields;
import io.burnish.kit.security.Access;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code /api/filesystem/} (API contract, storage 2). */
@ApplicationScoped
public class FilesystemResource implements ApiResource {

    private static final String TARGETS = """
            (SELECT coalesce(array_agg(n.id ORDER BY n.id), '{}') FROM neighbour n
            WHERE n.type = 'target' AND NOT n.gone AND n.fact ->> 'filesystemId' = f.id::text AND n.fact ->> 'kind' = '%s')""";

    /** Each server of the MGT with its NIDs, primary first; servers without NIDs are left out (storage 26.6). */
    private static final String MOUNT_PATH = """
            (SELECT string_agg(nids.text, ':' ORDER BY m.position) || ':/' || f.name
            FROM neighbour g
            CROSS JOIN LATERAL jsonb_array_elements(g.fact -> 'mounts') WITH ORDINALITY AS m (mount, position)
            CROSS JOIN LATERAL (
                SELECT string_agg(nid.value, ',' ORDER BY nid.position) AS text FROM neighbour l
                CROSS JOIN LATERAL jsonb_array_elements_text(l.fact -> 'nids') WITH ORDINALITY AS nid (value, position)
                WHERE l.type = 'lnet_configuration' AND NOT l.gone AND l.fact ->> 'hostId' = m.mount ->> 'hostId') AS nids
            WHERE g.ref = 'target:' || f.mgt_id AND nids.text IS NOT NULL)""";

    private static final String UNSET_PARAMETERS = Stream.of(
                    "llite.max_cached_mb",
                    "llite.max_read_ahead_mb",
                    "llite.max_read_ahead_whole_mb",
                    "llite.statahead_max",
                    "sys.at_early_margin",
                    "sys.at_extra",
                    "sys.at_history",
                    "sys.at_max",
                    "sys.at_min",
                    "sys.ldlm_timeout",
                    "sys.timeout")
            .map(name -> "\"" + name + "\": null")
            .collect(Collectors.joining(", ", "'{", "}'"));

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
                        Field.dict("conf_params", UNSET_PARAMETERS).writable(),
                        Field.decimal("bytes_total", "NULL::float8").orNull().help("Null until a sample was received"),
                        Field.decimal("bytes_free", "NULL::float8").orNull(),
                        Field.decimal("files_total", "NULL::float8").orNull(),
                        Field.decimal("files_free", "NULL::float8").orNull(),
                        Field.decimal("client_count", "NULL::float8").orNull(),
                        Field.text("mount_path", MOUNT_PATH).orNull().help("What clients mount"),
                        Field.text("mount_command", "'mount -t lustre ' || " + MOUNT_PATH + " || ' /mnt/' || f.name")
                                .orNull())
                .fields(offers.of(ObjectType.FILESYSTEM, "f.id"))
                .listable(Access.READ)
                .readable(Access.READ)
                .onList(HttpMethod.POST, Access.FSADMIN, "Create", call -> creation.get()
                        .create(call))
                .onDetail(HttpMethod.PUT, Access.FSADMIN, "Change the state", call -> requests.get()
                        .put(call))
                .onDetail(HttpMethod.DELETE, Access.FSADMIN, "Remove", call -> requests.get()
                        .remove(call))
                .build();
    }

    @Override
    public Resource resource() {
        return resource;
    }
}
