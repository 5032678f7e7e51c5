package io.burnish.kit.facts;

import io.burnish.contracts.ContractJson;
import io.burnish.contracts.Topics;
import io.burnish.contracts.fact.Fact;
import io.burnish.contracts.fact.FactMessage;
import io.burnish.contracts.fact.LockFact;
import io.burnish.contracts.fact.StatefulFact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.contracts.model.ObjectVersion;
import io.burnish.kit.messaging.Inbox;
import io.burnish.kit.messaging.Received;
import io.burnish.kit.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What this service knows of objects from their facts, others' and, where it follows them, its own: a projection, the highest version
 * of each. Reading the topics again from the beginning changes nothing.
 */
@ApplicationScoped
public class Neighbours {

    private static final String STORE = """
            INSERT INTO neighbour AS n (ref, type, id, version, state, label, fact, wire, gone, observed)
            SELECT ref, type, id, version, state, label, fact::jsonb, wire::jsonb, gone, observed
            FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::text[], $6::text[], $7::text[], $8::text[],
                $9::boolean[], $10::boolean[]) AS u (ref, type, id, version, state, label, fact, wire, gone, observed)
            ON CONFLICT (ref) DO UPDATE SET version = excluded.version, state = excluded.state, label = excluded.label,
                fact = coalesce(excluded.fact, n.fact), wire = coalesce(excluded.wire, n.wire), gone = excluded.gone, observed = excluded.observed,
                changed_by = pg_current_xact_id()
            WHERE n.version < excluded.version OR (n.version = excluded.version AND n.wire IS NULL)
            RETURNING ref""";

    private static final String STORE_LOCKS = """
            INSERT INTO neighbour_lock AS l (ref, version, read_jobs, write_jobs) VALUES ($1, $2, $3, $4)
            ON CONFLICT (ref) DO UPDATE SET version = excluded.version, read_jobs = excluded.read_jobs,
                write_jobs = excluded.write_jobs, changed_by = pg_current_xact_id()
            WHERE l.version < excluded.version RETURNING ref""";

    private final Inbox inbox;
    private final Instance<NeighbourListener> listeners;
    private final Set<String> followedTopics;

    Neighbours(
            Inbox inbox,
            @Any Instance<NeighbourListener> listeners,
            @ConfigProperty(name = "mp.messaging.incoming.facts.topics") Optional<List<String>> topics) {
        this.inbox = inbox;
        this.listeners = listeners;
        this.followedTopics = Set.copyOf(topics.orElse(List.of()));
    }

    /** Applies records of fact topics; for the {@code @Incoming("facts")} method of a service. */
    public Uni<Void> consumeFacts(ConsumerRecords<String, byte[]> records) {
        return inbox.consume(
                "facts",
                records,
                FactMessage.class,
                Inbox.Deduplication.BY_HANDLER,
                (tx, messages) -> apply(tx, messages));
    }

    /** Applies records of the lock topic; for the {@code @Incoming("locks")} method of a service. */
    public Uni<Void> consumeLocks(ConsumerRecords<String, byte[]> records) {
        return inbox.consume("locks", records, LockFact.class, Inbox.Deduplication.BY_HANDLER, this::applyLocks);
    }

    /**
     * Applies snapshots that came by another way than a fact topic, for example with a job's result. Older ones than known change
     * nothing.
     */
    public void learn(Tx tx, Collection<? extends Fact> facts) {
        List<Entry> entries = facts.stream()
                .map(fact -> new Entry(fact.ref(), fact.version(), new FactMessage(fact, null)))
                .toList();
        store(tx, entries);
    }

    /** The present snapshot of an object; empty if it is unknown or gone. */
    public <F extends Fact> Optional<F> find(Tx tx, ObjectRef ref, Class<F> type) {
        return tx.first("SELECT fact::text FROM neighbour WHERE ref = $1 AND NOT gone", ref.toString())
                .map(row -> type.cast(ContractJson.read(row.getString(0), Fact.class)));
    }

    /** The present snapshots of several objects, as far as known and not gone, by ref. */
    public <F extends Fact> Map<ObjectRef, F> find(Tx tx, Collection<ObjectRef> refs, Class<F> type) {
        Map<ObjectRef, F> found = new LinkedHashMap<>();
        for (Row row : tx.query("SELECT fact::text FROM neighbour WHERE ref = ANY($1) AND NOT gone", (Object)
                refs.stream().map(ObjectRef::toString).toArray(String[]::new))) {
            F fact = type.cast(ContractJson.read(row.getString(0), Fact.class));
            found.put(fact.ref(), fact);
        }
        return found;
    }

    /** All present snapshots of a type, ascending id. */
    public <F extends Fact> List<F> all(Tx tx, ObjectType type, Class<F> factType) {
        List<F> found = new ArrayList<>();
        for (Row row : tx.query(
                "SELECT fact::text FROM neighbour WHERE type = $1 AND NOT gone ORDER BY id", type.resource())) {
            found.add(factType.cast(ContractJson.read(row.getString(0), Fact.class)));
        }
        return found;
    }

    /**
     * Those of the versions that this service has not seen yet. Only types whose facts it reads count: what it does not follow it
     * cannot wait for, and does not use.
     */
    public List<ObjectVersion> missing(Tx tx, Collection<ObjectVersion> wanted) {
        Map<String, Long> known = new LinkedHashMap<>();
        for (Row row : tx.query("SELECT ref, version FROM neighbour WHERE ref = ANY($1)", (Object)
                wanted.stream().map(v -> v.ref().toString()).toArray(String[]::new))) {
            known.put(row.getString(0), row.getLong(1));
        }
        return wanted.stream()
                .filter(v -> followedTopics.contains(Topics.facts(v.ref().type())))
                .filter(v -> known.getOrDefault(v.ref().toString(), 0L) < v.version())
                .toList();
    }

    /**
     * What is heard of an object.
     *
     * @param message its snapshot; {@code null}: it is gone
     * @param last the snapshot to keep: of an object that is gone the one before, if it came in the same batch
     */
    private record Entry(ObjectRef ref, long version, FactMessage message, FactMessage last) {

        Entry(ObjectRef ref, long version, FactMessage message) {
            this(ref, version, message, message);
        }

        /** The same, heard after something older: however records are batched, the same is kept. */
        Entry after(Entry older) {
            return message == null ? new Entry(ref, version, null, older.last) : this;
        }
    }

    private void apply(Tx tx, List<Received<FactMessage>> messages) {
        List<Entry> entries = messages.stream()
                .map(m -> new Entry(
                        ObjectRef.parse(m.key()),
                        m.value() != null ? m.value().fact().version() : m.version(),
                        m.value()))
                .toList();
        store(tx, entries);
    }

    private void store(Tx tx, List<Entry> entries) {
        Map<ObjectRef, Entry> newest = new LinkedHashMap<>();
        for (Entry entry : entries) {
            newest.merge(entry.ref(), entry, (old, late) -> old.version() > late.version() ? old : late.after(old));
        }
        Set<ObjectRef> changed = new LinkedHashSet<>();
        Columns columns = new Columns(newest.values());
        for (Row row : tx.query(STORE, columns.asArguments())) {
            changed.add(ObjectRef.parse(row.getString(0)));
        }
        if (!changed.isEmpty()) {
            listeners.forEach(listener -> listener.factsChanged(tx, changed));
        }
    }

    /** The columns of the rows to store, as arrays for {@code unnest}. */
    private record Columns(Collection<Entry> entries) {

        Object[] asArguments() {
            return new Object[] {
                entries.stream().map(e -> e.ref().toString()).toArray(String[]::new),
                entries.stream().map(e -> e.ref().type().resource()).toArray(String[]::new),
                entries.stream().map(e -> e.ref().id()).toArray(Long[]::new),
                entries.stream().map(Entry::version).toArray(Long[]::new),
                entries.stream()
                        .map(e -> stateful(e) == null ? null : stateful(e).state())
                        .toArray(String[]::new),
                entries.stream()
                        .map(e -> stateful(e) == null ? null : stateful(e).label())
                        .toArray(String[]::new),
                entries.stream()
                        .map(e -> e.last() == null
                                ? null
                                : ContractJson.text((Object) e.last().fact()))
                        .toArray(String[]::new),
                entries.stream()
                        .map(e -> e.last() == null || e.last().wire() == null
                                ? null
                                : e.last().wire().toString())
                        .toArray(String[]::new),
                entries.stream().map(Columns::gone).toArray(Boolean[]::new),
                entries.stream()
                        .map(e -> e.message() != null && e.message().observed())
                        .toArray(Boolean[]::new)
            };
        }

        private static boolean gone(Entry entry) {
            return entry.message() == null
                    || (stateful(entry) != null && stateful(entry).gone());
        }

        private static StatefulFact stateful(Entry entry) {
            return entry.message() != null && entry.message().fact() instanceof StatefulFact fact ? fact : null;
        }
    }

    private void applyLocks(Tx tx, List<Received<LockFact>> messages) {
        Set<ObjectRef> unlocked = new LinkedHashSet<>();
        for (Received<LockFact> message : messages) {
            LockFact locks = message.value();
            boolean stored = tx.first(
                            STORE_LOCKS,
                            message.key(),
                            message.version(),
                            locks == null ? new Long[0] : locks.readJobs().toArray(Long[]::new),
                            locks == null ? new Long[0] : locks.writeJobs().toArray(Long[]::new))
                    .isPresent();
            if (stored && locks == null) {
                unlocked.add(ObjectRef.parse(message.key()));
            }
        }
        if (!unlocked.isEmpty()) {
            listeners.forEach(listener -> listener.unlocked(tx, unlocked));
        }
    }
}
