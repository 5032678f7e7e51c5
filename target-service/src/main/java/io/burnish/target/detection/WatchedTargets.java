package io.burnish.target.detection;

import io.burnish.contracts.ServiceName;
import io.burnish.contracts.call.Detection;
import io.burnish.contracts.call.Refusal;
import io.burnish.contracts.fact.HostFact;
import io.burnish.contracts.fact.VolumeFact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.contracts.model.TargetKind;
import io.burnish.kit.call.Refused;
import io.burnish.kit.facts.Neighbours;
import io.burnish.kit.sql.Tx;
import io.burnish.target.claim.Claims;
import io.burnish.target.target.TargetStore;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes detected targets known (orchestration 10.6). One that is known by the uuid of its file system stays what it is; the others get the
 * volume of their devices, as created targets do.
 */
@ApplicationScoped
class WatchedTargets {

    private final TargetStore targets;
    private final Neighbours neighbours;

    WatchedTargets(TargetStore targets, Neighbours neighbours) {
        this.targets = targets;
        this.neighbours = neighbours;
    }

    /**
     * Creates what is new.
     *
     * @throws Refused if a file system would be left without an MDT or without an OST
     */
    Detection.TargetsReply learn(Tx tx, Detection.Targets request) {
        Claims.takeTurn(tx);
        Map<Detection.Device, VolumeFact> volumes = volumes(tx);
        List<Long> ids = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (Detection.FoundTarget found : request.targets()) {
            ids.add(known(tx, request, found)
                    .or(() -> create(tx, request, found, volumes, lines))
                    .orElse(null));
        }
        refuseIncomplete(request, ids, lines);
        return new Detection.TargetsReply(ids, lines);
    }

    private Map<Detection.Device, VolumeFact> volumes(Tx tx) {
        Map<Detection.Device, VolumeFact> volumes = new HashMap<>();
        neighbours.all(tx, ObjectType.VOLUME, VolumeFact.class).forEach(volume -> volume.nodes()
                .forEach(node -> volumes.put(new Detection.Device(node.hostId(), node.path()), volume)));
        return volumes;
    }

    /** A watched target whose file system was lost with an earlier detection is taken over by the new one. */
    private Optional<Long> known(Tx tx, Detection.Targets request, Detection.FoundTarget found) {
        Optional<Row> row = tx.first(
                "SELECT id, immutable_state AND filesystem_id IS DISTINCT FROM $3 FROM target WHERE uuid = $1 AND name = $2 AND not_deleted",
                found.uuid(),
                found.name(),
                request.filesystemId());
        row.filter(present -> present.getBoolean(1)).ifPresent(present -> {
            tx.update(
                    "UPDATE target SET filesystem_id = $2, filesystem_name = $3 WHERE id = $1",
                    present.getLong(0),
                    request.filesystemId(),
                    request.filesystemName());
            targets.changed(tx, present.getLong(0), true);
        });
        return row.map(present -> present.getLong(0));
    }

    private Optional<Long> create(
            Tx tx,
            Detection.Targets request,
            Detection.FoundTarget found,
            Map<Detection.Device, VolumeFact> volumes,
            List<String> lines) {
        Optional<VolumeFact> volume = found.devices().stream()
                .map(volumes::get)
                .filter(present -> present != null)
                .findFirst();
        if (volume.isEmpty()) {
            lines.add("Target %s is left out: no volume is known for its devices %s"
                    .formatted(found.name(), found.devices()));
            return Optional.empty();
        }
        Optional<String> obstacle = obstacle(tx, found, volume.get());
        if (obstacle.isPresent()) {
            lines.add("Target %s is left out: %s".formatted(found.name(), obstacle.get()));
            return Optional.empty();
        }
        long id = insert(tx, request, found, volume.get());
        found.devices().forEach(device -> mount(tx, id, found, device, volume.get()));
        tx.update(
                "UPDATE target SET active_mount_id = (SELECT m.id FROM target_mount m WHERE m.target_id = $1 AND m.host_id = $2) WHERE id = $1",
                id,
                found.activeHostId());
        targets.changed(tx, id, true);
        lines.add("Discovered %s '%s' on server %s".formatted(found.kind(), found.name(), host(tx, found)));
        return Optional.of(id);
    }

    private static Optional<String> obstacle(Tx tx, Detection.FoundTarget found, VolumeFact volume) {
        Optional<String> used = tx.first("SELECT name FROM target WHERE volume_id = $1 AND not_deleted", volume.id())
                .map(row -> "volume %s is in use by target %s".formatted(volume.label(), row.getString(0)));
        if (used.isPresent() || found.kind() != TargetKind.MGT) {
            return used;
        }
        Long[] hosts = found.devices().stream().map(Detection.Device::hostId).toArray(Long[]::new);
        return tx.first("SELECT 1 FROM target_mount WHERE live_mgs AND host_id = ANY($1) LIMIT 1", (Object) hosts)
                .map(row -> "one of its servers carries another MGT");
    }

    private static long insert(Tx tx, Detection.Targets request, Detection.FoundTarget found, VolumeFact volume) {
        return tx.one(
                        """
                INSERT INTO target (kind, name, filesystem_id, filesystem_name, target_index, uuid, volume_id, state, immutable_state,
                    claim_key, claim_position, claimed_by, visible)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, true, 'detected-' || $6, 0, $9, true) RETURNING id""",
                        found.kind().name(),
                        found.name(),
                        request.filesystemId(),
                        request.filesystemName(),
                        found.index(),
                        found.uuid(),
                        volume.id(),
                        found.activeHostId() == null ? "unmounted" : "mounted",
                        ServiceName.TARGET.wire())
                .getLong(0);
    }

    private static void mount(
            Tx tx, long target, Detection.FoundTarget found, Detection.Device device, VolumeFact volume) {
        long node = volume.nodes().stream()
                .filter(one -> one.hostId() == device.hostId())
                .map(VolumeFact.Node::id)
                .findFirst()
                .orElse(0L);
        tx.update(
                """
                INSERT INTO target_mount (target_id, host_id, volume_node_id, path, mount_point, is_primary, live_mgs)
                VALUES ($1, $2, $3, $4, $5, $6, $7)""",
                target,
                device.hostId(),
                node,
                device.path(),
                "/mnt/" + found.name(),
                device.hostId() == found.primaryHostId(),
                found.kind() == TargetKind.MGT ? Boolean.TRUE : null);
    }

    private String host(Tx tx, Detection.FoundTarget found) {
        return neighbours
                .find(tx, ObjectRef.host(found.primaryHostId()), HostFact.class)
                .map(HostFact::label)
                .orElse(Long.toString(found.primaryHostId()));
    }

    private static void refuseIncomplete(Detection.Targets request, List<Long> ids, List<String> lines) {
        if (request.filesystemId() == null) {
            return;
        }
        for (TargetKind kind : new TargetKind[] {TargetKind.MDT, TargetKind.OST}) {
            boolean any = false;
            for (int i = 0; i < ids.size(); i++) {
                any |= ids.get(i) != null && request.targets().get(i).kind() == kind;
            }
            if (!any) {
                throw new Refused(new Refusal(
                        "__all__",
                        "Found no %ss for filesystem %s. %s"
                                .formatted(kind, request.filesystemName(), String.join(". ", lines)),
                        null));
            }
        }
    }
}
