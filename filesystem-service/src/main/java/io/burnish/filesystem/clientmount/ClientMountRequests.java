package io.burnish.filesystem.clientmount;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.fact.HostFact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.filesystem.filesystem.FilesystemStore;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.Call;
import io.burnish.kit.api.Link;
import io.burnish.kit.api.Reply;
import io.burnish.kit.api.ResourceReader;
import io.burnish.kit.facts.Neighbours;
import io.burnish.kit.sql.Database;
import io.burnish.kit.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;

/** {@code POST /api/client_mount/} (API contract, storage 14). */
@ApplicationScoped
class ClientMountRequests {

    private final Database database;
    private final Neighbours neighbours;
    private final FilesystemStore filesystems;
    private final ClientMountStore mounts;
    private final ClientMountResource resource;
    private final ResourceReader reader;

    ClientMountRequests(
            Database database,
            Neighbours neighbours,
            FilesystemStore filesystems,
            ClientMountStore mounts,
            ClientMountResource resource,
            ResourceReader reader) {
        this.database = database;
        this.neighbours = neighbours;
        this.filesystems = filesystems;
        this.mounts = mounts;
        this.resource = resource;
        this.reader = reader;
    }

    /** 202 with the new client mount, or with the present one of that server and file system. No command. */
    Reply create(Call call) {
        WorkerLink host = WorkerLink.in(call.body(), ObjectType.HOST);
        WorkerLink filesystem = WorkerLink.in(call.body(), ObjectType.FILESYSTEM);
        String mountpoint = Mountpoint.in(call.body());
        long id = database.transaction(tx -> {
            if (!exists(tx, host)) {
                throw host.unknown();
            }
            if (!exists(tx, filesystem)) {
                throw filesystem.unknown();
            }
            return mounts.ensure(tx, host.id(), filesystem.id(), mountpoint).orElseThrow(() -> Mountpoint.fixed());
        });
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        JsonNode created = reader.now(resource.resource(), id, call.principal()).orElseThrow(ApiError::notFoundJson);
        body.set("client_mount", created);
        return Reply.accepted(body);
    }

    private boolean exists(Tx tx, WorkerLink link) {
        return switch (link.type()) {
            case HOST ->
                neighbours.find(tx, ObjectRef.host(link.id()), HostFact.class).isPresent();
            default ->
                !filesystems
                        .where(tx, "id = $1 AND not_deleted AND visible", link.id())
                        .isEmpty();
        };
    }

    /** A link to another object in a body, as sent. */
    private record WorkerLink(ObjectType type, Link link, long id) {

        /** Without the field nothing can be looked up (404); a link that leads nowhere is named (400). */
        static WorkerLink in(ObjectNode body, ObjectType type) {
            JsonNode value = body.path(type.resource());
            if (value.isMissingNode() || value.isNull()) {
                throw ApiError.notFoundJson();
            }
            Link link = Link.of(value);
            return new WorkerLink(type, link, link.id(type.resource()).orElseThrow(link::leadsNowhere));
        }

        ApiError unknown() {
            return link.leadsNowhere();
        }
    }
}
