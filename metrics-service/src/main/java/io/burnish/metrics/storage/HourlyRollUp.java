package io.burnish.metrics.storage;

import io.burnish.kit.sql.Tx;
import io.burnish.metrics.point.Level;
import io.burnish.metrics.point.Point;
import io.burnish.metrics.point.PointCodec;
import io.burnish.metrics.point.Points;
import io.burnish.metrics.point.RollUp;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes the coarser levels of hours that are over.
 *
 * <p>The intervals of an hour are computed anew from all readings of the hour, and the day from all of its hours, whenever the hour has got
 * new readings: nothing is added up over time, so late and repeated readings cannot make a sum wrong. Readings expire only when this is
 * done.
 */
@ApplicationScoped
class HourlyRollUp {

    /** Some ten milliseconds of a processor on which a query may wait, and some megabytes. */
    private static final int AT_ONCE = 500;
    /** What is under way when an hour ends should not make it be done twice. */
    private static final Duration GRACE = Duration.ofMinutes(5);

    private static final List<Level> OF_READINGS = List.of(Level.MINUTE, Level.FIVE_MINUTES, Level.HOUR);

    private static final String TAKE = """
            UPDATE chunk c SET unrolled = false FROM series s WHERE s.id = c.series_id AND (c.series_id, c.level, c.start_at) IN (
                SELECT series_id, level, start_at FROM chunk WHERE unrolled AND start_at <= $1
                ORDER BY start_at LIMIT $2 FOR UPDATE SKIP LOCKED)
            RETURNING c.series_id, c.start_at, c.points, starts_with(s.name, 'job_')""";

    private final ChunkStore chunks;

    HourlyRollUp(ChunkStore chunks) {
        this.chunks = chunks;
    }

    private record Hour(long series, long start, List<Point> readings, boolean ofJob) {

        List<ChunkKey> coarser() {
            List<ChunkKey> keys = new ArrayList<>();
            OF_READINGS.forEach(level -> keys.add(ChunkKey.at(series, level, start)));
            // jobs come and go: a row for each that ever ran would be too much
            if (!ofJob) {
                keys.add(ChunkKey.at(series, Level.DAY, start));
            }
            return keys;
        }
    }

    /** Rolls up some hours; true if there may be more. */
    boolean some(Tx tx, Instant now) {
        long last = now.minus(GRACE).toEpochMilli() - Level.TEN_SECONDS.window();
        List<Hour> hours = new ArrayList<>();
        for (Row row : tx.query(TAKE, last, AT_ONCE)) {
            hours.add(new Hour(
                    row.getLong(0),
                    row.getLong(1),
                    PointCodec.decode(row.getBuffer(2).getBytes()),
                    row.getBoolean(3)));
        }
        Set<ChunkKey> keys = new HashSet<>();
        hours.forEach(hour -> keys.addAll(hour.coarser()));
        Map<ChunkKey, List<Point>> coarser = chunks.load(tx, keys);
        hours.forEach(hour -> rollUp(hour, coarser));
        hours.stream().filter(hour -> !hour.ofJob()).forEach(hour -> rollUpDay(hour, coarser));
        chunks.save(tx, coarser, false);
        return hours.size() == AT_ONCE;
    }

    private static void rollUp(Hour hour, Map<ChunkKey, List<Point>> coarser) {
        long end = hour.start() + Level.HOUR.step();
        for (Level level : OF_READINGS) {
            ChunkKey key = ChunkKey.at(hour.series(), level, hour.start());
            coarser.put(
                    key,
                    Points.replaced(
                            coarser.getOrDefault(key, List.of()),
                            hour.start(),
                            end,
                            RollUp.to(level, hour.readings()).values()));
        }
    }

    private static void rollUpDay(Hour hour, Map<ChunkKey, List<Point>> coarser) {
        long day = Level.DAY.floor(hour.start());
        long end = day + Level.DAY.step();
        List<Point> hours = Points.within(coarser.get(ChunkKey.at(hour.series(), Level.HOUR, hour.start())), day, end);
        ChunkKey key = ChunkKey.at(hour.series(), Level.DAY, hour.start());
        coarser.put(
                key,
                Points.replaced(
                        coarser.getOrDefault(key, List.of()),
                        day,
                        end,
                        RollUp.to(Level.DAY, hours).values()));
    }
}
