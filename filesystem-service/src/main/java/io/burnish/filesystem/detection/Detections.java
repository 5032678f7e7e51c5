package io.burnish.filesystem.detection;

import io.burnish.contracts.ServiceName;
import io.burnish.contracts.call.Detection;
import io.burnish.contracts.fact.LnetFact;
import io.burnish.contracts.model.Nid;
import io.burnish.contracts.model.ObjectType;
import io.burnish.filesystem.filesystem.FilesystemStore;
import io.burnish.kit.call.InternalClient;
import io.burnish.kit.facts.Neighbours;
import io.burnish.kit.sql.Database;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Makes detected file systems known. Whatever is interrupted is completed when the same is detected again: a file system becomes visible
 * when its targets are there.
 */
@ApplicationScoped
class Detections {

    private final Database database;
    private final Neighbours neighbours;
    private final InternalClient client;
    private final FilesystemStore filesystems;

    Detections(Database database, Neighbours neighbours, InternalClient client, FilesystemStore filesystems) {
        this.database = database;
        this.neighbours = neighbours;
        this.client = client;
        this.filesystems = filesystems;
    }

    Detection.Reply learn(Detection detection) {
        ScanReading reading = ScanReading.of(detection.scans(), nids());
        List<String> lines = new ArrayList<>(reading.lines());
        Map<Detection.FoundTarget, Long> mgts = new HashMap<>();
        for (Detection.FoundTarget mgt : reading.mgts()) {
            Detection.TargetsReply reply = targets(new Detection.Targets(null, null, List.of(mgt)));
            lines.addAll(reply.lines());
            if (reply.targets().getFirst() != null) {
                mgts.put(mgt, reply.targets().getFirst());
            }
        }
        for (FoundFilesystem found : reading.filesystems()) {
            Optional.ofNullable(mgts.get(found.mgt())).ifPresent(mgt -> learn(found, mgt, lines));
        }
        if (lines.stream().noneMatch(line -> line.startsWith("Discovered "))) {
            lines.add("Discovered no new filesystems");
        }
        return new Detection.Reply(lines);
    }

    private Map<Long, List<String>> nids() {
        Map<Long, List<String>> nids = new HashMap<>();
        database.run(tx -> neighbours
                .all(tx, ObjectType.LNET_CONFIGURATION, LnetFact.class)
                .forEach(lnet -> nids.put(
                        lnet.hostId(), lnet.nids().stream().map(Nid::toString).toList())));
        return nids;
    }

    private Detection.TargetsReply targets(Detection.Targets wanted) {
        return client.post(ServiceName.TARGET, "/internal/detected-targets", wanted, Detection.TargetsReply.class);
    }

    private record Stored(long id, boolean visible, boolean watched) {}

    private void learn(FoundFilesystem found, long mgt, List<String> lines) {
        Stored stored = store(found, mgt);
        if (!stored.watched()) {
            return;
        }
        try {
            lines.addAll(targets(new Detection.Targets(stored.id(), found.name(), found.members()))
                    .lines());
        } catch (InternalClient.RefusedException e) {
            lines.add(e.refusal().message());
            database.run(tx -> tx.update("DELETE FROM filesystem WHERE id = $1 AND NOT visible", stored.id()));
            return;
        }
        if (!stored.visible()) {
            database.run(tx -> filesystems.show(tx, stored.id()));
            lines.add("Discovered filesystem %s with %d MDTs and %d OSTs"
                    .formatted(found.name(), count(found, "MDT"), count(found, "OST")));
        }
    }

    private static long count(FoundFilesystem found, String kind) {
        return found.members().stream()
                .filter(target -> target.kind().name().equals(kind))
                .count();
    }

    /** A file system of that MGT and name that is known stays as it is. */
    private Stored store(FoundFilesystem found, long mgt) {
        Row row = database.transaction(
                tx -> tx.one("""
                INSERT INTO filesystem (name, mgt_id, state, immutable_state, creation_key) VALUES ($1, $2, $3, true, $4)
                ON CONFLICT ON CONSTRAINT filesystem_name DO UPDATE SET name = excluded.name
                RETURNING id, visible, immutable_state""", found.name(), mgt, found.state(), "detected-" + UUID.randomUUID()));
        return new Stored(row.getLong(0), row.getBoolean(1), row.getBoolean(2));
    }
}
