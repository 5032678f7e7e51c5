package io.burnish.metrics.storage;

import io.burnish.kit.sql.Tx;
import io.burnish.metrics.point.Level;
import io.burnish.metrics.point.Point;
import io.burnish.metrics.point.Points;
import io.burnish.metrics.point.Readings;
import io.burnish.metrics.storage.SeriesCatalog.Measured;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Moves recent samplings into chunks: the same transaction takes the rows away and writes their points, so a reading is always in at least
 * one of the two places and counts once (a reading that is in the chunk already stays as it is).
 *
 * <p>What that costs is mostly rows of chunks: the more samplings of an object are moved at once, the cheaper is each.
 */
@ApplicationScoped
class Flush {

    /** Some ten objects: some ten milliseconds of a processor on which a query may wait, and some megabytes. */
    private static final int AT_ONCE = 500;

    private static final String TAKE = """
            DELETE FROM recent_sampling WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM recent_sampling WHERE ref >= $1 ORDER BY ref, of_jobs, taken_at LIMIT $2
                FOR UPDATE SKIP LOCKED))
            RETURNING ref, taken_at, series, readings""";

    private static final int REF = 0;
    private static final int TAKEN_AT = 1;
    private static final int SERIES = 2;
    private static final int READINGS = 3;

    private final Layouts layouts;
    private final SeriesCatalog catalog;
    private final ChunkStore chunks;

    Flush(Layouts layouts, SeriesCatalog catalog, ChunkStore chunks) {
        this.layouts = layouts;
        this.catalog = catalog;
        this.chunks = chunks;
    }

    private record Sampling(long at, Readings readings) {}

    /** A way through the recent samplings, from object to object. */
    Pass pass(Instant now) {
        return new Pass(now);
    }

    /** One pass: what comes to objects behind it is left to the next. */
    final class Pass {

        private final Instant now;
        private String from = "";

        private Pass(Instant now) {
            this.now = now;
        }

        /** Moves some; true if there may be more. */
        boolean some(Tx tx) {
            RowSet<Row> rows = tx.query(TAKE, from, AT_ONCE);
            Map<Measured, List<Sampling>> taken = new HashMap<>();
            String last = from;
            for (Row row : rows) {
                String ref = row.getString(REF);
                last = ref.compareTo(last) > 0 ? ref : last;
                // the same rule as at intake: windows that may have expired are closed
                if (row.getLong(TAKEN_AT) >= Level.TEN_SECONDS.keptSince(now)) {
                    Measured measured =
                            new Measured(ref, layouts.of(row.getBuffer(SERIES).getBytes()));
                    taken.computeIfAbsent(measured, same -> new ArrayList<>())
                            .add(new Sampling(
                                    row.getLong(TAKEN_AT),
                                    new Readings(row.getBuffer(READINGS).getBytes())));
                }
            }
            if (!taken.isEmpty()) {
                store(tx, taken);
            }
            String next = last;
            tx.afterCommit(() -> from = next);
            return rows.rowCount() == AT_ONCE;
        }
    }

    private void store(Tx tx, Map<Measured, List<Sampling>> taken) {
        Map<Measured, long[]> ids = catalog.ids(tx, taken.keySet());
        Map<ChunkKey, List<Point>> fresh = new HashMap<>();
        taken.forEach((measured, samplings) -> {
            samplings.sort(Comparator.comparingLong(Sampling::at));
            collect(ids.get(measured), samplings, fresh);
        });
        Map<ChunkKey, List<Point>> present = chunks.load(tx, fresh.keySet());
        fresh.replaceAll((key, points) -> Points.added(present.getOrDefault(key, List.of()), points));
        chunks.save(tx, fresh, true);
    }

    /** Turns samplings of an object, by time, into points of its series. */
    private static void collect(long[] series, List<Sampling> samplings, Map<ChunkKey, List<Point>> fresh) {
        for (int place = 0; place < series.length; place++) {
            ChunkKey key = null;
            List<Point> points = null;
            for (Sampling sampling : samplings) {
                if (key == null || Level.TEN_SECONDS.windowOf(sampling.at()) != key.start()) {
                    key = ChunkKey.at(series[place], Level.TEN_SECONDS, sampling.at());
                    points = fresh.computeIfAbsent(key, same -> new ArrayList<>());
                }
                points.add(Point.reading(sampling.at(), sampling.readings().get(place)));
            }
        }
    }
}
