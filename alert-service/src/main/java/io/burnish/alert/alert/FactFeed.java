package io.burnish.alert.alert;

import io.burnish.alert.rule.AlertRules;
import io.burnish.alert.rule.HostRules;
import io.burnish.alert.rule.Item;
import io.burnish.alert.rule.LnetRules;
import io.burnish.alert.rule.Surroundings;
import io.burnish.alert.rule.Verdict;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.fact.CommandFact;
import io.burnish.contracts.fact.Fact;
import io.burnish.contracts.fact.FilesystemFact;
import io.burnish.contracts.fact.HostFact;
import io.burnish.contracts.fact.LnetFact;
import io.burnish.contracts.fact.StorageResourceFact;
import io.burnish.contracts.fact.TargetFact;
import io.burnish.contracts.model.Nid;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.kit.facts.NeighbourListener;
import io.burnish.kit.facts.Neighbours;
import io.burnish.kit.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Facts become alerts in the transaction that stores them. That transaction has the object's row of the projection, so two facts of one
 * object are never judged at the same time, and an older one is never judged after a newer.
 */
@ApplicationScoped
public class FactFeed implements NeighbourListener {

    private static final String CHANGED = """
        SELECT ref, gone, observed, fact::text AS fact, wire ->> 'boot_time' AS boot_time,
            coalesce((wire ->> 'needs_update')::boolean, false) AS needs_update
        FROM neighbour WHERE ref = ANY ($1) ORDER BY ref\
        """;

    private final Neighbours neighbours;
    private final AlertStore alerts;
    private final CommandAlerts commands;
    private final Discoveries discoveries;

    FactFeed(Neighbours neighbours, AlertStore alerts, CommandAlerts commands, Discoveries discoveries) {
        this.neighbours = neighbours;
        this.alerts = alerts;
        this.commands = commands;
        this.discoveries = discoveries;
    }

    @Incoming("facts")
    Uni<Void> facts(ConsumerRecords<String, byte[]> records) {
        return neighbours.consumeFacts(records);
    }

    private record Changed(Fact fact, boolean observed, String bootTime, boolean needsUpdate) {

        static Changed of(Row row) {
            return new Changed(
                    ContractJson.read(row.getString("fact"), Fact.class),
                    row.getBoolean("observed"),
                    row.getString("boot_time"),
                    row.getBoolean("needs_update"));
        }
    }

    @Override
    public void factsChanged(Tx tx, Set<ObjectRef> refs) {
        List<ObjectRef> gone = new ArrayList<>();
        List<Changed> changes = new ArrayList<>();
        for (Row row : tx.query(
                CHANGED, (Object) refs.stream().map(ObjectRef::toString).toArray(String[]::new))) {
            if (row.getBoolean("gone")) {
                gone.add(ObjectRef.parse(row.getString("ref")));
            } else {
                changes.add(Changed.of(row));
            }
        }
        alerts.withdrawAll(tx, gone);
        discoveries.forget(tx, gone);
        judge(tx, changes);
    }

    private void judge(Tx tx, List<Changed> changes) {
        StoredSurroundings surroundings =
                StoredSurroundings.of(tx, changes.stream().map(Changed::fact).toList());
        List<Verdict> verdicts = new ArrayList<>();
        for (Changed change : changes) {
            verdicts.addAll(AlertRules.of(change.fact(), change.observed(), surroundings));
            switch (change.fact()) {
                case HostFact host -> {
                    verdicts.add(HostRules.updates(host, change.needsUpdate()));
                    discoveries.booted(tx, host, change.bootTime());
                }
                case LnetFact lnet -> {
                    if (LnetRules.accepts(lnet, change.observed(), surroundings.acceptedNids(lnet.hostId()))) {
                        accept(tx, lnet);
                    }
                }
                case TargetFact target
                when target.immutableState() -> discoveries.found(tx, target, host(target, surroundings));
                case FilesystemFact filesystem when filesystem.immutableState() -> discoveries.found(tx, filesystem);
                case StorageResourceFact resource -> discoveries.learned(tx, resource);
                case CommandFact command -> commands.follow(tx, command);
                default -> {
                    // the rules have said everything
                }
            }
        }
        alerts.apply(tx, verdicts);
    }

    /** The server that normally runs a target; {@code null} if none does. */
    private static Item host(TargetFact target, Surroundings surroundings) {
        return target.primaryHostId()
                .map(id -> Item.host(id, surroundings.hostLabel(id)))
                .orElse(null);
    }

    /** From now on these are the NIDs that the server is supposed to have. */
    private static void accept(Tx tx, LnetFact lnet) {
        if (!lnet.nids().isEmpty()) {
            tx.update(
                    """
                    INSERT INTO accepted_nids AS a (host_id, nids) VALUES ($1, $2)
                    ON CONFLICT (host_id) DO UPDATE SET nids = excluded.nids WHERE a.nids <> excluded.nids\
                    """, lnet.hostId(), lnet.nids().stream().map(Nid::toString).toArray(String[]::new));
        }
    }
}
