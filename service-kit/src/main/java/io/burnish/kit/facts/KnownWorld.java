package io.burnish.kit.facts;

import io.burnish.contracts.ContractJson;
import io.burnish.contracts.fact.Fact;
import io.burnish.contracts.fact.StatefulFact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.lifecycle.world.WorldIndex;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The projection of facts and locks in memory, brought up to date by reading only the rows that are new.
 *
 * <p>A row names the transaction that wrote it. A reading takes the rows that are not older than the oldest transaction that was
 * running at the reading before, for that one may have committed since. So nothing is missed, whichever instance wrote it, and what is
 * read twice changes nothing. Not safe for use by several threads.
 */
public final class KnownWorld {

    /**
     * The statement of a reading, for {@link #apply}; its one argument is {@link #horizon}. One statement is one snapshot: the new
     * horizon belongs to the rows.
     */
    public static final String CHANGES = """
            SELECT 'horizon' AS kind, NULL AS ref, NULL::bigint AS version, pg_snapshot_xmin(pg_current_snapshot())::text AS content,
                NULL::bigint[] AS read_jobs, NULL::bigint[] AS write_jobs
            UNION ALL
            SELECT 'fact', ref, version, CASE WHEN NOT gone THEN fact::text END, NULL, NULL FROM neighbour
            WHERE changed_by >= $1::text::xid8 AND (state IS NOT NULL AND NOT gone OR gone AND $1 <> '0')
            UNION ALL
            SELECT 'locks', ref, version, NULL, read_jobs, write_jobs FROM neighbour_lock WHERE changed_by >= $1::text::xid8""";

    private static final int KIND = 0;
    private static final int REF = 1;
    private static final int VERSION = 2;
    private static final int CONTENT = 3;
    private static final int READERS = 4;
    private static final int WRITERS = 5;

    /** Older than every transaction: everything is read. */
    private static final String BEGINNING = "0";

    private final WorldIndex world = new WorldIndex();
    private final KnownLocks locks = new KnownLocks();
    private String horizon = BEGINNING;

    /**
     * What a reading found changed.
     *
     * @param facts whether any object is another than before
     * @param locks objects whose locks are others than before
     */
    public record Changes(boolean facts, Set<ObjectRef> locks) {}

    /** The objects that have a state. */
    public WorldIndex world() {
        return world;
    }

    /** The locks on objects; none in a service that does not follow them. */
    public KnownLocks locks() {
        return locks;
    }

    /** Argument of {@link #CHANGES}. */
    public String horizon() {
        return horizon;
    }

    /** Takes over the rows of a reading: all of them, or none if one cannot be read. */
    public Changes apply(Iterable<Row> rows) {
        String next = horizon;
        List<News> news = new ArrayList<>();
        Set<ObjectRef> locked = new HashSet<>();
        for (Row row : rows) {
            switch (row.getString(KIND)) {
                case "horizon" -> next = row.getString(CONTENT);
                case "fact" -> news(row).ifPresent(news::add);
                default -> {
                    ObjectRef object = ref(row);
                    if (locks.put(
                            object, List.of(row.getArrayOfLongs(READERS)), List.of(row.getArrayOfLongs(WRITERS)))) {
                        locked.add(object);
                    }
                }
            }
        }
        horizon = next;
        return new Changes(news.stream().filter(this::learn).count() > 0, locked);
    }

    /** Forgets everything: the next reading begins from the start. */
    public void clear() {
        world.clear();
        locks.clear();
        horizon = BEGINNING;
    }

    /** @param fact {@code null}: the object is gone */
    private record News(ObjectRef object, Fact fact) {}

    /** Nothing if the version is known: it names what it says. */
    private Optional<News> news(Row row) {
        ObjectRef object = ref(row);
        String fact = row.getString(CONTENT);
        if (fact == null) {
            return Optional.of(new News(object, null));
        }
        long version = row.getLong(VERSION);
        return world.find(object).filter(known -> known.version() == version).isPresent()
                ? Optional.empty()
                : Optional.of(new News(object, ContractJson.read(fact, Fact.class)));
    }

    /** Whether something is different now. */
    private boolean learn(News news) {
        Optional<StatefulFact> before = world.find(news.object());
        if (news.fact() == null) {
            world.remove(news.object());
        } else {
            world.apply(news.fact());
        }
        return !world.find(news.object()).equals(before);
    }

    private static ObjectRef ref(Row row) {
        return ObjectRef.parse(row.getString(REF));
    }
}
