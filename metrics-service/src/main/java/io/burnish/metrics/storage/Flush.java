package io.burnish.metrics.storage;

import io.burnish.kit.sql.Tx;
import io.burnish.metrics.point.Level;
import io.burnish.metrics.point.Point;
import io.burnish.metrics.point.Points;
import io.burnish.metrics.storage.SeriesCatalog.SeriesName;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Moves recent samplings into chunks: the same transaction takes the rows away and writes their points, so a reading is always in at least
 * one of the two places and counts once (a reading that is in the chunk already stays as it is).
 */
@ApplicationScoped
class Flush {

    private static final int AT_ONCE = 2_000;

    private static final String TAKE = """
            DELETE FROM recent_sampling WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM recent_sampling ORDER BY ref, taken_at LIMIT $1 FOR UPDATE SKIP LOCKED))
            RETURNING ref, taken_at, names, types, readings""";

    private static final int REF = 0;
    private static final int TAKEN_AT = 1;
    private static final int NAMES = 2;
    private static final int TYPES = 3;
    private static final int READINGS = 4;

    private final SeriesCatalog catalog;
    private final ChunkStore chunks;

    Flush(SeriesCatalog catalog, ChunkStore chunks) {
        this.catalog = catalog;
        this.chunks = chunks;
    }

    /** What came of one series. */
    private record Fresh(short type, List<Point> points) {}

    /** Moves some; true if there may be more. */
    boolean some(Tx tx, Instant now) {
        RowSet<Row> rows = tx.query(TAKE, AT_ONCE);
        SortedMap<String, Map<String, Fresh>> taken = new TreeMap<>();
        for (Row row : rows) {
            // the same rule as at intake: windows that may have expired are closed
            if (row.getLong(TAKEN_AT) >= Level.TEN_SECONDS.keptSince(now)) {
                take(row, taken.computeIfAbsent(row.getString(REF), ref -> new HashMap<>()));
            }
        }
        if (!taken.isEmpty()) {
            store(tx, catalog.ids(tx, types(taken)), taken);
        }
        return rows.rowCount() == AT_ONCE;
    }

    private static void take(Row row, Map<String, Fresh> taken) {
        long at = row.getLong(TAKEN_AT);
        String[] names = row.getArrayOfStrings(NAMES);
        Short[] types = row.getArrayOfShorts(TYPES);
        Double[] readings = row.getArrayOfDoubles(READINGS);
        for (int i = 0; i < names.length; i++) {
            short type = types[i];
            taken.computeIfAbsent(names[i], name -> new Fresh(type, new ArrayList<>()))
                    .points()
                    .add(Point.reading(at, readings[i]));
        }
    }

    private static SortedMap<SeriesName, Short> types(Map<String, Map<String, Fresh>> taken) {
        SortedMap<SeriesName, Short> types = new TreeMap<>();
        taken.forEach(
                (ref, byName) -> byName.forEach((name, fresh) -> types.put(new SeriesName(ref, name), fresh.type())));
        return types;
    }

    private void store(Tx tx, Map<SeriesName, Long> ids, Map<String, Map<String, Fresh>> taken) {
        Map<ChunkKey, List<Point>> fresh = new HashMap<>();
        taken.forEach((ref, byName) -> byName.forEach((name, one) -> {
            long series = ids.get(new SeriesName(ref, name));
            for (Point point : one.points()) {
                fresh.computeIfAbsent(ChunkKey.at(series, Level.TEN_SECONDS, point.at()), key -> new ArrayList<>())
                        .add(point);
            }
        }));
        Map<ChunkKey, List<Point>> present = chunks.load(tx, fresh.keySet());
        fresh.replaceAll((key, points) -> Points.added(present.getOrDefault(key, List.of()), points));
        chunks.save(tx, fresh, true);
    }
}
