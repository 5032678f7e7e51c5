package io.burnish.filesystem.clientmount;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.agent.Observation;
import io.burnish.contracts.fact.HostFact;
import io.burnish.contracts.model.Nid;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.filesystem.filesystem.Filesystem;
import io.burnish.filesystem.filesystem.FilesystemStore;
import io.burnish.kit.facts.MountSpec;
import io.burnish.kit.facts.NeighbourListener;
import io.burnish.kit.facts.Neighbours;
import io.burnish.kit.messaging.Inbox;
import io.burnish.kit.messaging.Received;
import io.burnish.kit.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/**
 * Client mounts follow what servers report (orchestration 10.7). A server tells its mounts once, when they have changed: the last word of
 * each is kept. It counts for mounts that no job holds, unless their state was set after it; when a job lets a mount go, it is looked at
 * again.
 */
@ApplicationScoped
public class SeenMounts implements NeighbourListener {

    private static final String UNKNOWN_MOUNTS = """
        SELECT DISTINCT s.host_id FROM client_mount_seen s
        JOIN filesystem f ON f.id = ANY($1) AND f.not_deleted AND f.visible AND s.mounts::text LIKE '%:/' || f.name || '"%'
        WHERE NOT EXISTS (SELECT 1 FROM client_mount m WHERE m.host_id = s.host_id AND m.filesystem_id = f.id AND m.not_deleted)
        ORDER BY 1\
        """;
    private static final Pattern NID = Pattern.compile("[^@]+@[a-z]\\w*");
    private static final String SERVERS_OF =
            "SELECT DISTINCT host_id FROM client_mount WHERE not_deleted AND id = ANY($1) ORDER BY 1";

    private final Inbox inbox;
    private final Neighbours neighbours;
    private final FilesystemStore filesystems;
    private final ClientMountStore mounts;
    private final MountSpec specs;

    SeenMounts(
            Inbox inbox, Neighbours neighbours, FilesystemStore filesystems, ClientMountStore mounts, MountSpec specs) {
        this.inbox = inbox;
        this.neighbours = neighbours;
        this.filesystems = filesystems;
        this.mounts = mounts;
        this.specs = specs;
    }

    /** Applies records of the observations topic. */
    public Uni<Void> consume(ConsumerRecords<String, byte[]> records) {
        return inbox.consume("observations", records, Observation.class, this::observed);
    }

    @Override
    public void factsChanged(Tx tx, Set<ObjectRef> changed) {
        // what was seen of a file system before it was known counts from now on
        List<Long> ids = ids(changed, ObjectType.FILESYSTEM);
        if (!ids.isEmpty()) {
            hosts(tx, UNKNOWN_MOUNTS, ids).forEach(host -> apply(tx, host));
        }
    }

    @Override
    public void unlocked(Tx tx, Set<ObjectRef> objects) {
        List<Long> ids = ids(objects, ObjectType.CLIENT_MOUNT);
        if (!ids.isEmpty()) {
            hosts(tx, SERVERS_OF, ids).forEach(host -> apply(tx, host));
        }
    }

    private static List<Long> ids(Set<ObjectRef> objects, ObjectType type) {
        return objects.stream()
                .filter(ref -> ref.type() == type)
                .map(ObjectRef::id)
                .toList();
    }

    private static List<Long> hosts(Tx tx, String sql, List<Long> ids) {
        List<Long> hosts = new ArrayList<>();
        for (Row row : tx.query(sql, (Object) ids.toArray(Long[]::new))) {
            hosts.add(row.getLong(0));
        }
        return hosts;
    }

    private void observed(Tx tx, List<Received<Observation>> messages) {
        for (Received<Observation> message : messages) {
            if (message.value() instanceof Observation.ClientMounts seen && newer(tx, seen)) {
                apply(tx, seen.hostId());
            }
        }
    }

    private static boolean newer(Tx tx, Observation.ClientMounts seen) {
        return tx.first(
                        """
                        INSERT INTO client_mount_seen AS s (host_id, agent_epoch, sequence, seen_at, mounts)
                        VALUES ($1, $2, $3, $4, $5::text::jsonb)
                        ON CONFLICT (host_id) DO UPDATE SET agent_epoch = excluded.agent_epoch, sequence = excluded.sequence,
                            seen_at = excluded.seen_at, mounts = excluded.mounts
                        WHERE s.agent_epoch <> excluded.agent_epoch OR s.sequence < excluded.sequence
                        RETURNING 1\
                        """,
                        seen.hostId(),
                        seen.agentEpoch(),
                        seen.sequence(),
                        seen.seenAt().atOffset(ZoneOffset.UTC),
                        ContractJson.text(seen.mounts()))
                .isPresent();
    }

    private void apply(Tx tx, long host) {
        boolean exists =
                neighbours.find(tx, ObjectRef.host(host), HostFact.class).isPresent();
        Optional<Row> last = tx.first("SELECT mounts::text FROM client_mount_seen WHERE host_id = $1 FOR UPDATE", host);
        if (!exists || last.isEmpty()) {
            return;
        }
        List<Observation.ClientMount> seen = read(last.get().getString(0));
        List<ClientMount> known = mounts.where(tx, "host_id = $1 AND not_deleted ORDER BY id FOR UPDATE", host);
        Set<Long> countable = countable(tx, host);
        Set<Long> mounted = new HashSet<>();
        for (Filesystem filesystem :
                filesystems.where(tx, "not_deleted AND visible AND name = ANY($1) ORDER BY id", (Object) names(seen))) {
            List<String> points = points(tx, filesystem, seen);
            if (points.isEmpty()) {
                continue;
            }
            mounted.add(filesystem.id());
            Optional<ClientMount> row = known.stream()
                    .filter(mount -> mount.filesystemId() == filesystem.id())
                    .findFirst();
            if (row.isEmpty()) {
                mounts.learn(tx, host, filesystem.id(), points.getFirst());
            } else if (countable.contains(row.get().id())) {
                mountedAt(tx, row.get(), points);
            }
        }
        known.stream()
                .filter(mount -> mount.state().equals("mounted"))
                .filter(mount -> !mounted.contains(mount.filesystemId()) && countable.contains(mount.id()))
                .forEach(mount -> mounts.changeState(tx, mount.id(), "unmounted", true));
    }

    private void mountedAt(Tx tx, ClientMount mount, List<String> points) {
        String point = points.contains(mount.mountpoint()) ? mount.mountpoint() : points.getFirst();
        if (!mount.state().equals("mounted") || !mount.mountpoint().equals(point)) {
            mounts.seen(tx, mount.id(), "mounted", point);
        }
    }

    /** Mounts of the server whose state was not set after the last word, and that no job holds. */
    private static Set<Long> countable(Tx tx, long host) {
        Set<Long> ids = new HashSet<>();
        for (Row row : tx.query("""
                    SELECT m.id FROM client_mount m JOIN client_mount_seen s ON s.host_id = m.host_id
                    WHERE m.host_id = $1 AND m.not_deleted AND s.seen_at > m.state_modified_at AND NOT EXISTS
                        (SELECT 1 FROM neighbour_lock WHERE ref = 'client_mount:' || m.id AND cardinality(write_jobs) > 0)\
                    """, host)) {
            ids.add(row.getLong(0));
        }
        return ids;
    }

    /** Where the server has the file system: one of that name whose MGS has one of the NIDs that the server mounts from. */
    private List<String> points(Tx tx, Filesystem filesystem, List<Observation.ClientMount> seen) {
        Set<Nid> nids = nids(specs.of(tx, filesystem.fact()).orElse(""));
        return seen.stream()
                .filter(mount -> name(mount).equals(filesystem.name()))
                .filter(mount -> !Collections.disjoint(nids(mount.spec()), nids))
                .map(Observation.ClientMount::mountPoint)
                .sorted()
                .toList();
    }

    private static String[] names(List<Observation.ClientMount> seen) {
        return seen.stream().map(SeenMounts::name).distinct().toArray(String[]::new);
    }

    private static String name(Observation.ClientMount mount) {
        return mount.spec().substring(mount.spec().lastIndexOf(":/") + 2);
    }

    /** Lustre prints the network with or without its number. */
    private static Set<Nid> nids(String spec) {
        int end = Math.max(0, spec.lastIndexOf(":/"));
        return Arrays.stream(spec.substring(0, end).split("[,:]"))
                .filter(NID.asMatchPredicate())
                .map(Nid::parse)
                .collect(Collectors.toSet());
    }

    private static List<Observation.ClientMount> read(String json) {
        List<Observation.ClientMount> found = new ArrayList<>();
        for (JsonNode one : ContractJson.read(json, JsonNode.class)) {
            String spec = one.path("spec").asText();
            if (spec.contains(":/")) {
                found.add(
                        new Observation.ClientMount(spec, one.path("mountPoint").asText()));
            }
        }
        return found;
    }
}
