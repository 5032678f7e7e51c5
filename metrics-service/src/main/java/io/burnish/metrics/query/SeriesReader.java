package io.burnish.metrics.query;

import io.burnish.contracts.agent.SampleBatch.SeriesType;
import io.burnish.kit.api.query.Predicate;
import io.burnish.kit.sql.Database;
import io.burnish.metrics.point.Level;
import io.burnish.metrics.point.Point;
import io.burnish.metrics.point.PointCodec;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Reads series of any number of objects in two statements. Recent samplings are read first: what moves into a chunk in between is seen twice,
 * never not at all. Blocks.
 */
@ApplicationScoped
class SeriesReader {

    private static final String RECENT = """
            SELECT r.ref, s.name, s.type, r.taken_at, s.reading FROM recent_sampling r
            CROSS JOIN LATERAL unnest(r.names, r.types, r.readings) AS s (name, type, reading)
            WHERE r.ref = ANY ($1) AND %s ORDER BY r.taken_at""";

    /** Chunks of the level in the range; and, for coarser levels, hours of readings that they lack. */
    private static final String RANGE = """
            SELECT s.ref, s.name, s.type, c.level, c.points FROM series s LEFT JOIN LATERAL (
                SELECT level, points FROM chunk
                WHERE series_id = s.id AND level = $2 AND start_at BETWEEN $3 AND $4
                UNION ALL
                SELECT level, points FROM chunk
                WHERE series_id = s.id AND level = 0 AND $2 > 0 AND (unrolled OR start_at = ANY ($5))) c ON true
            WHERE s.ref = ANY ($1) AND %s""";

    private static final String NEWEST = """
            SELECT s.ref, s.name, s.type, c.level, c.points FROM series s JOIN LATERAL (
                SELECT level, points FROM chunk WHERE series_id = s.id AND level = 0
                ORDER BY start_at DESC LIMIT 1) c ON true
            WHERE s.ref = ANY ($1) AND %s""";

    private static final SeriesType[] TYPES = SeriesType.values();

    private final Database database;

    SeriesReader(Database database) {
        this.database = database;
    }

    /** The series of each object in a range, on the finest level that has it. */
    Map<String, List<MeasuredSeries>> range(
            Collection<String> refs, Selection selection, Period.Range range, Instant now) {
        long end = range.settledEnd();
        Level level = Level.finest(range.begin(), end, range.maxPoints(), now);
        Found found = new Found();
        Set<Long> recentHours = recent(refs, selection, found);
        Tuple args = Tuple.of(array(refs), (short) level.ordinal(), level.windowOf(range.begin()), end)
                .addValue(recentHours.toArray(Long[]::new));
        chunks(RANGE, args, selection, found);
        return found.as(series -> series.points(level, range.begin(), end));
    }

    /** The newest point of each series of each object. */
    Map<String, List<MeasuredSeries>> latest(Collection<String> refs, Selection selection) {
        Found found = new Found();
        recent(refs, selection, found);
        chunks(NEWEST, Tuple.of(array(refs)), selection, found);
        return found.as(SeriesInStore::newest);
    }

    /** Adds recent readings; returns the hours in which they lie. */
    private Set<Long> recent(Collection<String> refs, Selection selection, Found found) {
        Set<Long> hours = new HashSet<>();
        Predicate names = selection.on("s.name");
        for (Row row : query(RECENT, Tuple.of(array(refs)), names)) {
            long at = row.getLong(3);
            SeriesInStore series = found.series(row);
            series.type(TYPES[row.getShort(2)]);
            series.addReadings(List.of(Point.reading(at, row.getDouble(4))));
            hours.add(Level.TEN_SECONDS.windowOf(at));
        }
        return hours;
    }

    private void chunks(String sql, Tuple args, Selection selection, Found found) {
        for (Row row : query(sql, args, selection.on("s.name"))) {
            SeriesInStore series = found.series(row);
            if (row.getValue(3) != null) {
                List<Point> points = PointCodec.decode(row.getBuffer(4).getBytes());
                if (row.getShort(3) == Level.TEN_SECONDS.ordinal()) {
                    series.addReadings(points);
                } else {
                    series.addStored(points);
                }
            }
        }
    }

    private Iterable<Row> query(String sql, Tuple args, Predicate names) {
        String text = sql.formatted(names.numbered(args.size() + 1));
        names.args().forEach(args::addValue);
        return Database.await(database.query(text, args));
    }

    private static Object array(Collection<String> refs) {
        return refs.toArray(String[]::new);
    }

    /** Series by object and name. */
    private static final class Found {
        private final Map<String, Map<String, SeriesInStore>> byObject = new HashMap<>();

        SeriesInStore series(Row row) {
            return byObject.computeIfAbsent(row.getString(0), ref -> new TreeMap<>())
                    .computeIfAbsent(row.getString(1), name -> new SeriesInStore(name, TYPES[row.getShort(2)]));
        }

        Map<String, List<MeasuredSeries>> as(Function<SeriesInStore, MeasuredSeries> view) {
            Map<String, List<MeasuredSeries>> series = new HashMap<>();
            byObject.forEach((ref, byName) ->
                    series.put(ref, byName.values().stream().map(view).toList()));
            return series;
        }
    }
}
