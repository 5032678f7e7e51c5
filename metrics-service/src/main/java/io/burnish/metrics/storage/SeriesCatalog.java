package io.burnish.metrics.storage;

import io.burnish.kit.sql.Tx;
import io.burnish.metrics.point.Layout;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
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

    /** An object, by the text form of its reference, and series of it. */
    record Measured(String ref, Layout layout) {}

    private record SeriesName(String ref, String name) implements Comparable<SeriesName> {
        @Override
        public int compareTo(SeriesName other) {
            int byObject = ref.compareTo(other.ref);
            return byObject != 0 ? byObject : name.compareTo(other.name);
        }
    }

    /** The ids of the series of each, in the order of its layout; they exist afterwards with these types. */
    Map<Measured, long[]> ids(Tx tx, Collection<Measured> wanted) {
        Map<Measured, long[]> ids = new HashMap<>(2 * wanted.size());
        List<Measured> others = new ArrayList<>();
        for (Measured measured : wanted) {
            long[] found = known.find(measured);
            if (found == null) {
                others.add(measured);
            } else {
                ids.put(measured, found);
            }
        }
        if (!others.isEmpty()) {
            Map<SeriesName, Long> registered = register(tx, others);
            for (Measured measured : others) {
                long[] own = measured.layout().series().stream()
                        .mapToLong(series -> registered.get(new SeriesName(measured.ref(), series.name())))
                        .toArray();
                ids.put(measured, own);
                tx.afterCommit(() -> known.add(measured, own));
            }
        }
        return ids;
    }

    /** Series were removed: what is remembered of them is wrong. */
    void forget() {
        known.clear();
    }

    private static Map<SeriesName, Long> register(Tx tx, List<Measured> measured) {
        SortedMap<SeriesName, Short> types = new TreeMap<>();
        for (Measured one : measured) {
            for (Layout.Series series : one.layout().series()) {
                types.put(new SeriesName(one.ref(), series.name()), (short)
                        series.type().ordinal());
            }
        }
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
