package io.burnish.metrics.storage;

import io.burnish.kit.sql.Tx;
import io.burnish.metrics.point.Level;
import io.burnish.metrics.point.Point;
import io.burnish.metrics.storage.SeriesCatalog.SeriesName;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
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

    private final SeriesCatalog catalog;
    private final ChunkStore chunks;

    Flush(SeriesCatalog catalog, ChunkStore chunks) {
        this.catalog = catalog;
        this.chunks = chunks;
    }

    /** Moves some; true if there may be more. */
    boolean some(Tx tx, Instant now) {
        RowSet<Row> rows = tx.query(TAKE, AT_ONCE);
        SortedMap<SeriesName, Short> types = new TreeMap<>();
        Map<SeriesName, NavigableMap<Long, Point>> taken = new HashMap<>();
        for (Row row : rows) {
            // the same rule as at intake: windows that may have expired are closed
            if (row.getLong("taken_at") >= Level.TEN_SECONDS.keptSince(now)) {
                take(row, types, taken);
            }
        }
        if (!taken.isEmpty()) {
            store(tx, catalog.ids(tx, types), taken);
        }
        return rows.rowCount() == AT_ONCE;
    }

    private static void take(Row row, Map<SeriesName, Short> types, Map<SeriesName, NavigableMap<Long, Point>> taken) {
        String ref = row.getString("ref");
        long at = row.getLong("taken_at");
        String[] names = row.getArrayOfStrings("names");
        Short[] kinds = row.getArrayOfShorts("types");
        Double[] readings = row.getArrayOfDoubles("readings");
        for (int i = 0; i < names.length; i++) {
            SeriesName series = new SeriesName(ref, names[i]);
            types.put(series, kinds[i]);
            taken.computeIfAbsent(series, name -> new TreeMap<>()).put(at, Point.reading(at, readings[i]));
        }
    }

    private void store(Tx tx, Map<SeriesName, Long> ids, Map<SeriesName, NavigableMap<Long, Point>> taken) {
        Map<ChunkKey, NavigableMap<Long, Point>> fresh = new HashMap<>();
        taken.forEach((series, points) -> points.forEach((at, point) -> fresh.computeIfAbsent(
                        ChunkKey.at(ids.get(series), Level.TEN_SECONDS, at), key -> new TreeMap<>())
                .put(at, point)));
        Map<ChunkKey, NavigableMap<Long, Point>> merged = chunks.load(tx, fresh.keySet());
        fresh.forEach((key, points) -> points.forEach(merged.get(key)::putIfAbsent));
        chunks.save(tx, merged, true);
    }
}
