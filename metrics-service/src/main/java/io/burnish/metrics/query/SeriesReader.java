package io.burnish.metrics.query;

import io.burnish.contracts.agent.SampleBatch.SeriesType;
import io.burnish.kit.api.query.Predicate;
import io.burnish.kit.sql.Database;
import io.burnish.metrics.point.Layout;
import io.burnish.metrics.point.Level;
import io.burnish.metrics.point.Point;
import io.burnish.metrics.point.PointCodec;
import io.burnish.metrics.point.Readings;
import io.burnish.metrics.storage.Layouts;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Reads series of any number of objects in two statements. Recent samplings are read first: what moves into a chunk in between is seen twice,
 * never not at all. Blocks.
 */
@ApplicationScoped
class SeriesReader {

    private static final String RECENT = """
            SELECT ref, taken_at, series, readings FROM recent_sampling
            WHERE ref = ANY ($1) AND of_jobs = ANY ($2) ORDER BY taken_at""";

    /** The last minute of each object. */
    private static final String LAST = """
            SELECT l.ref, l.taken_at, l.series, l.readings FROM unnest($1::text[]) AS wanted (ref)
            CROSS JOIN unnest($2::boolean[]) AS kind (of_jobs)
            CROSS JOIN LATERAL (
                SELECT r.ref, r.taken_at, r.series, r.readings FROM recent_sampling r
                WHERE r.ref = wanted.ref AND r.of_jobs = kind.of_jobs ORDER BY r.taken_at DESC LIMIT 6) l
            ORDER BY l.taken_at""";

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
    private final Layouts layouts;

    SeriesReader(Database database, Layouts layouts) {
        this.database = database;
        this.layouts = layouts;
    }

    /** The series of each object in a range, on the finest level that has it. */
    Map<String, List<MeasuredSeries>> range(
            Collection<String> refs, Selection selection, Period.Range range, Instant now) {
        long end = range.settledEnd();
        Level level = Level.finest(range.begin(), end, range.maxPoints(), now);
        Found found = new Found();
        Set<Long> recentHours = recent(RECENT, refs, selection, found);
        Tuple args = Tuple.of(array(refs), (short) level.ordinal(), level.windowOf(range.begin()), end)
                .addValue(recentHours.toArray(Long[]::new));
        chunks(RANGE, args, selection, found);
        return found.as(series -> series.points(level, range.begin(), end));
    }

    /**
     * The newest point of each series of each object. Of a series that its object has not had for a minute while it had others, it is the
     * newest of those that are in chunks.
     */
    Map<String, List<MeasuredSeries>> latest(Collection<String> refs, Selection selection) {
        Found found = new Found();
        recent(LAST, refs, selection, found);
        chunks(NEWEST, Tuple.of(array(refs)), selection, found);
        return found.as(SeriesInStore::newest);
    }

    /** Adds recent readings; returns the hours in which they lie. */
    private Set<Long> recent(String sql, Collection<String> refs, Selection selection, Found found) {
        Set<Long> hours = new HashSet<>();
        Map<Layout, int[]> places = new IdentityHashMap<>();
        Tuple args = Tuple.of(array(refs)).addValue(selection.kinds());
        for (Row row : Database.await(database.query(sql, args))) {
            String ref = row.getString(0);
            long at = row.getLong(1);
            Layout layout = layouts.of(row.getBuffer(2).getBytes());
            Readings readings = new Readings(row.getBuffer(3).getBytes());
            for (int place : places.computeIfAbsent(layout, any -> wanted(any, selection))) {
                Layout.Series wanted = layout.series().get(place);
                SeriesInStore series = found.series(ref, wanted.name(), wanted.type());
                series.type(wanted.type());
                series.addReading(Point.reading(at, readings.get(place)));
                hours.add(Level.TEN_SECONDS.windowOf(at));
            }
        }
        return hours;
    }

    private static int[] wanted(Layout layout, Selection selection) {
        return IntStream.range(0, layout.series().size())
                .filter(place -> selection.includes(layout.series().get(place).name()))
                .toArray();
    }

    private void chunks(String sql, Tuple args, Selection selection, Found found) {
        for (Row row : query(sql, args, selection.on("s.name"))) {
            SeriesInStore series = found.series(row.getString(0), row.getString(1), TYPES[row.getShort(2)]);
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

        SeriesInStore series(String ref, String name, SeriesType type) {
            return byObject.computeIfAbsent(ref, object -> new TreeMap<>())
                    .computeIfAbsent(name, own -> new SeriesInStore(own, type));
        }

        Map<String, List<MeasuredSeries>> as(Function<SeriesInStore, MeasuredSeries> view) {
            Map<String, List<MeasuredSeries>> series = new HashMap<>();
            byObject.forEach((ref, byName) ->
                    series.put(ref, byName.values().stream().map(view).toList()));
            return series;
        }
    }
}
