package io.burnish.filesystem.copytool;

import io.burnish.contracts.model.ObjectType;
import io.burnish.filesystem.filesystem.FilesystemResource;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.ApiResource;
import io.burnish.kit.api.Field;
import io.burnish.kit.api.RelationLoader;
import io.burnish.kit.api.Resource;
import io.burnish.kit.api.Shape;
import io.burnish.kit.api.Table;
import io.burnish.kit.api.Wire;
import io.burnish.kit.api.query.Predicate;
import io.burnish.kit.embed.NeighbourWires;
import io.burnish.kit.offer.OfferFields;
import io.burnish.kit.security.Access;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.List;

/** {@code /api/copytool/} (API contract, storage 12). There is no DELETE: a copytool is removed with PUT. */
@ApplicationScoped
class CopytoolResource implements ApiResource {

    private static final String ACTIVE =
            "(SELECT count(*) FROM copytool_operation o WHERE o.copytool_id = c.id AND o.finished_at IS NULL)";

    private static final Wire CREATION = Wire.takes(Shape.object()
                    .with("filesystem", Shape.link("filesystem"))
                    .with("host", Shape.link("host"))
                    .with("bin_path", Shape.text())
                    .with("archive", Shape.anyOf(Shape.integer(), Shape.text()))
                    .with("mountpoint", Shape.text())
                    .optionally("hsm_arguments", Shape.text()))
            .gives(202, Shape.object().with("copytool", Shape.of("copytool")));
    private static final Wire CHANGE =
            Wire.STATE_CHANGE.gives(200, Shape.anyOf(Shape.of("copytool"), Wire.CONSEQUENCES));

    private final Resource resource;

    CopytoolResource(
            NeighbourWires wires,
            OfferFields offers,
            FilesystemResource filesystems,
            Instance<CopytoolRequests> requests) {
        resource = Resource.named(ObjectType.COPYTOOL.resource())
                .table(Table.of(
                        "copytool c JOIN filesystem f ON f.id = c.filesystem_id",
                        "c.id",
                        Predicate.of("c.not_deleted")))
                .fields(
                        Field.integer("id", "c.id").identifying(),
                        Field.text("label", CopytoolStore.LABEL),
                        Field.text("state", "c.state")
                                .oneOf(List.of("unconfigured", "stopped", "started", "removed"))
                                .writable(),
                        Field.datetime("state_modified_at", "c.state_modified_at"),
                        Field.bool("immutable_state", "c.immutable_state"),
                        Field.integer("content_type_id", Integer.toString(ObjectType.COPYTOOL.contentTypeId())),
                        Field.toOne("host", "c.host_id", "host", wires.of(ObjectType.HOST))
                                .full()
                                .writable(),
                        Field.toOne(
                                        "filesystem",
                                        "c.filesystem_id",
                                        "filesystem",
                                        RelationLoader.of(filesystems::resource))
                                .writable(),
                        Field.text("bin_path", "c.bin_path").writable().help("The copytool's program on the worker"),
                        Field.integer("archive", "c.archive").writable().help("HSM archive number"),
                        Field.integer("index", "c.index").help("Counts copytools of the same kind on a worker"),
                        Field.text("mountpoint", "c.mountpoint").writable(),
                        Field.text("hsm_arguments", "c.hsm_arguments")
                                .writable()
                                .defaulting(""),
                        Field.text("uuid", "c.uuid").orNull().help("Of the running copytool's registration"),
                        Field.integer("pid", "c.pid").orNull(),
                        Field.integer("active_operations_count", ACTIVE))
                .fields(offers.of(ObjectType.COPYTOOL, "c.id"))
                .parameter("filesystem_id", (value, all) -> ofFilesystem("c.filesystem_id", value))
                .listable(Access.READ)
                .readable(Access.READ)
                .onList(HttpMethod.POST, Access.FSADMIN, "Create", CREATION, call -> requests.get()
                        .create(call))
                .onDetail(HttpMethod.PUT, Access.FSADMIN, "Change the state", CHANGE, call -> requests.get()
                        .put(call))
                .build();
    }

    @Override
    public Resource resource() {
        return resource;
    }

    /** The condition for {@code filesystem_id}. */
    static Predicate ofFilesystem(String column, String value) {
        try {
            return Predicate.of(column + " = ?", Long.valueOf(value.strip()));
        } catch (NumberFormatException e) {
            throw ApiError.badQuery("Invalid resource lookup data provided (mismatched type).");
        }
    }
}
