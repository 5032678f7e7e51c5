package io.burnish.alert.alert;

import io.burnish.alert.rule.Surroundings;
import io.burnish.alert.type.AlertType;
import io.burnish.contracts.fact.CorosyncFact;
import io.burnish.contracts.fact.Fact;
import io.burnish.contracts.fact.LnetFact;
import io.burnish.contracts.fact.OutletFact;
import io.burnish.contracts.fact.PacemakerFact;
import io.burnish.contracts.fact.StorageResourceFact;
import io.burnish.contracts.fact.TargetFact;
import io.burnish.contracts.model.Nid;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.kit.sql.Tx;
import io.vertx.sqlclient.Row;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What the rules ask about a batch of facts: read beforehand, in one statement per question, whatever the number of facts. */
final class StoredSurroundings implements Surroundings {

    private final Map<Long, String> labels = new HashMap<>();
    private final Map<Long, Set<Nid>> nids = new HashMap<>();
    private final Map<Long, Map<String, String>> conditions = new HashMap<>();

    private StoredSurroundings() {}

    static StoredSurroundings of(Tx tx, Collection<? extends Fact> facts) {
        Set<Long> hosts = new HashSet<>();
        Set<Long> networks = new HashSet<>();
        Set<Long> resources = new HashSet<>();
        for (Fact fact : facts) {
            switch (fact) {
                case LnetFact lnet -> {
                    hosts.add(lnet.hostId());
                    networks.add(lnet.hostId());
                }
                case CorosyncFact corosync -> hosts.add(corosync.hostId());
                case PacemakerFact pacemaker -> hosts.add(pacemaker.hostId());
                case TargetFact target -> target.primaryHostId().ifPresent(hosts::add);
                case OutletFact outlet when outlet.hostId() != null -> hosts.add(outlet.hostId());
                case StorageResourceFact resource -> resources.add(resource.id());
                default -> {
                    // its rules ask nothing
                }
            }
        }
        StoredSurroundings read = new StoredSurroundings();
        read.readLabels(tx, hosts);
        read.readNids(tx, networks);
        read.readConditions(tx, resources);
        return read;
    }

    private void readLabels(Tx tx, Set<Long> hosts) {
        if (!hosts.isEmpty()) {
            tx.query("SELECT id, label FROM neighbour WHERE ref = ANY ($1) AND label IS NOT NULL", (Object)
                            hosts.stream()
                                    .map(id -> ObjectRef.host(id).toString())
                                    .toArray(String[]::new))
                    .forEach(row -> labels.put(row.getLong(0), row.getString(1)));
        }
    }

    private void readNids(Tx tx, Set<Long> hosts) {
        if (!hosts.isEmpty()) {
            tx.query("SELECT host_id, nids FROM accepted_nids WHERE host_id = ANY ($1)", (Object)
                            hosts.toArray(Long[]::new))
                    .forEach(row -> nids.put(
                            row.getLong(0),
                            Arrays.stream(row.getArrayOfStrings(1))
                                    .map(Nid::parse)
                                    .collect(Collectors.toSet())));
        }
    }

    private void readConditions(Tx tx, Set<Long> resources) {
        if (resources.isEmpty()) {
            return;
        }
        for (Row row : tx.query("""
                SELECT item_id, alert_type, message FROM alert
                WHERE item_type = 'storage_resource' AND item_id = ANY ($1) AND record_type = $2 AND active""", resources.toArray(Long[]::new), AlertType.STORAGE_RESOURCE.wire())) {
            conditions.computeIfAbsent(row.getLong(0), id -> new HashMap<>()).put(row.getString(1), row.getString(2));
        }
    }

    @Override
    public String hostLabel(long hostId) {
        return labels.getOrDefault(hostId, "host " + hostId);
    }

    @Override
    public Set<Nid> acceptedNids(long hostId) {
        return nids.getOrDefault(hostId, Set.of());
    }

    @Override
    public Map<String, String> activeConditions(long resourceId) {
        return conditions.getOrDefault(resourceId, Map.of());
    }
}
