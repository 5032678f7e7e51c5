package io.burnish.metrics.storage;

import io.burnish.kit.sql.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which series there are. A series whose kind changes (a newer agent knows better) keeps its points. */
@ApplicationScoped
class SeriesCatalog {

    private static final String REGISTER = """
            INSERT INTO series AS s (ref, name, type) SELECT * FROM unnest($1::text[], $2::text[], $3::smallint[])
            ON CONFLICT (ref, name) DO UPDATE SET type = excluded.type WHERE s.type <> excluded.type""";

    private static final String FIND = """
            SELECT s.ref, s.name, s.id FROM series s
            JOIN unnest($1::text[], $2::text[]) AS wanted (ref, name) USING (ref, name)""";

    private final KnownSeries known = new KnownSeries();

    /** What identifies a series: {@code ref} is the text form of its object. */
    record SeriesName(String ref, String name) implements Comparable<SeriesName> {
        @Override
        public int compareTo(SeriesName other) {
            int byObject = ref.compareTo(other.ref);
            return byObject != 0 ? byObject : name.compareTo(other.name);
        }
    }

    /** The ids of series, which exist afterwards with these types. */
    Map<SeriesName, Long> ids(Tx tx, SortedMap<SeriesName, Short> types) {
        Map<SeriesName, Long> ids = new HashMap<>(2 * types.size());
        SortedMap<SeriesName, Short> others = new TreeMap<>();
        known.find(types, ids, others);
        if (!others.isEmpty()) {
            Map<SeriesName, Long> found = register(tx, others);
            ids.putAll(found);
            tx.afterCommit(() -> known.add(others, found));
        }
        return ids;
    }

    /** Series were removed: what is remembered of them is wrong. */
    void forget() {
        known.clear();
    }

    private static Map<SeriesName, Long> register(Tx tx, SortedMap<SeriesName, Short> types) {
        String[] refs = types.keySet().stream().map(SeriesName::ref).toArray(String[]::new);
        String[] names = types.keySet().stream().map(SeriesName::name).toArray(String[]::new);
        tx.update(REGISTER, refs, names, types.values().toArray(Short[]::new));
        Map<SeriesName, Long> ids = new HashMap<>();
        for (Row row : tx.query(FIND, refs, names)) {
            ids.put(new SeriesName(row.getString(0), row.getString(1)), row.getLong(2));
        }
        return ids;
    }
}
