package io.burnish.filesystem.clientmount;

import io.burnish.contracts.model.ObjectType;
import io.burnish.filesystem.filesystem.FilesystemResource;
import io.burnish.kit.api.ApiResource;
import io.burnish.kit.api.Field;
import io.burnish.kit.api.RelationLoader;
import io.burnish.kit.api.Resource;
import io.burnish.kit.api.Shape;
import io.burnish.kit.api.Table;
import io.burnish.kit.api.Wire;
import io.burnish.kit.api.query.Operator;
import io.burnish.kit.api.query.Predicate;
import io.burnish.kit.embed.NeighbourWires;
import io.burnish.kit.security.Access;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.List;

/** {@code /api/client_mount/} (API contract, storage 14). Mounting is a job of the server, or of a copytool that needs it. */
@ApplicationScoped
public class ClientMountResource implements ApiResource {

    private static final Wire CREATION = Wire.takes(Shape.object()
                    .with("host", Shape.link("host"))
                    .with("filesystem", Shape.link("filesystem"))
                    .with("mountpoint", Shape.text()))
            .gives(202, Shape.object().with("client_mount", Shape.of("client_mount")))
            // a server or a file system that is not there
            .gives(404, Shape.of("Failure"));

    private final Resource resource;

    ClientMountResource(NeighbourWires wires, FilesystemResource filesystems, Instance<ClientMountRequests> requests) {
        resource = Resource.named(ObjectType.CLIENT_MOUNT.resource())
                .table(Table.of("client_mount m", "m.id", Predicate.of("m.not_deleted")))
                .fields(
                        Field.integer("id", "m.id").identifying(),
                        Field.toOne("host", "m.host_id", "host", wires.of(ObjectType.HOST))
                                .filter(Operator.EXACT)
                                .writable(),
                        Field.toOne(
                                        "filesystem",
                                        "m.filesystem_id",
                                        "filesystem",
                                        RelationLoader.of(filesystems::resource))
                                .filter(Operator.EXACT)
                                .writable(),
                        Field.text("mountpoint", "m.mountpoint").orNull().writable(),
                        Field.text("state", "m.state").oneOf(List.of("unmounted", "mounted", "removed")),
                        Field.datetime("state_modified_at", "m.state_modified_at"),
                        Field.bool("immutable_state", "m.immutable_state"),
                        Field.bool("not_deleted", "m.not_deleted"))
                .listable(Access.READ)
                .readable(Access.READ)
                .onList(HttpMethod.POST, Access.FSADMIN, "Create", CREATION, call -> requests.get()
                        .create(call))
                .build();
    }

    @Override
    public Resource resource() {
        return resource;
    }
}
