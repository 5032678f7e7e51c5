package io.burnish.metrics.intake;

import io.burnish.contracts.ContractJson;
import io.burnish.contracts.fact.Fact;
import io.burnish.contracts.fact.TargetFact;
import io.burnish.kit.sql.Tx;
import io.burnish.metrics.intake.SampleOwners.Candidate;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Targets by name. The database says which there are and in which version; a version that was read once is not read again, for it never
 * changes. So every instance sees every change at once.
 */
@ApplicationScoped
class KnownTargets {

    private static final int KEPT = 50_000;

    private static final String VERSIONS = """
            SELECT id, version, label FROM neighbour WHERE type = 'target' AND NOT gone AND label = ANY ($1)
            ORDER BY id DESC""";

    private static final String FACTS = """
            SELECT version, fact::text FROM neighbour WHERE type = 'target' AND NOT gone AND id = ANY ($1)""";

    private final Map<Long, Known> kept = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Known> eldest) {
            return size() > KEPT;
        }
    };

    private record Known(long version, Candidate target) {}

    /** The present targets of these names, newest first. */
    Map<String, List<Candidate>> named(Tx tx, String[] names) {
        Map<Long, String> nameById = new LinkedHashMap<>();
        Map<Long, Candidate> found = new HashMap<>();
        for (Row row : tx.query(VERSIONS, (Object) names)) {
            long id = row.getLong(0);
            nameById.put(id, row.getString(2));
            Known known = known(id);
            if (known != null && known.version() == row.getLong(1)) {
                found.put(id, known.target());
            }
        }
        if (found.size() < nameById.size()) {
            read(
                    tx,
                    nameById.keySet().stream()
                            .filter(id -> !found.containsKey(id))
                            .toArray(Long[]::new),
                    found);
        }
        Map<String, List<Candidate>> byName = new HashMap<>();
        nameById.forEach((id, name) -> {
            if (found.containsKey(id)) {
                byName.computeIfAbsent(name, same -> new ArrayList<>()).add(found.get(id));
            }
        });
        return byName;
    }

    private void read(Tx tx, Long[] ids, Map<Long, Candidate> found) {
        for (Row row : tx.query(FACTS, (Object) ids)) {
            TargetFact fact = (TargetFact) ContractJson.read(row.getString(1), Fact.class);
            Candidate target = Candidate.of(fact);
            found.put(fact.id(), target);
            remember(fact.id(), new Known(row.getLong(0), target));
        }
    }

    private synchronized Known known(long id) {
        return kept.get(id);
    }

    private synchronized void remember(long id, Known known) {
        kept.put(id, known);
    }
}
