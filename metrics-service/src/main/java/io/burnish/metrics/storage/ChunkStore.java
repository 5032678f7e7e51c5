package io.burnish.metrics.storage;

import io.burnish.kit.sql.Tx;
import io.burnish.metrics.point.Level;
import io.burnish.metrics.point.Point;
import io.burnish.metrics.point.PointCodec;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Chunks in the database; many in one statement. */
@ApplicationScoped
class ChunkStore {

    private static final String LOAD = """
            SELECT c.series_id, c.level, c.start_at, c.points FROM chunk c
            JOIN unnest($1::bigint[], $2::smallint[], $3::bigint[]) AS wanted (series_id, level, start_at)
                USING (series_id, level, start_at)""";

    private static final String SAVE = """
            INSERT INTO chunk (series_id, level, start_at, points, unrolled)
            SELECT series_id, level, start_at, points, $5
            FROM unnest($1::bigint[], $2::smallint[], $3::bigint[], $4::bytea[]) AS u (series_id, level, start_at, points)
            ON CONFLICT (series_id, level, start_at) DO UPDATE SET points = excluded.points, unrolled = excluded.unrolled""";

    /** The points of those chunks that exist, by time. */
    Map<ChunkKey, List<Point>> load(Tx tx, Collection<ChunkKey> keys) {
        Map<ChunkKey, List<Point>> chunks = new HashMap<>(2 * keys.size());
        for (Row row : tx.query(LOAD, series(keys), levels(keys), starts(keys))) {
            ChunkKey key = new ChunkKey(row.getLong(0), Level.of(row.getShort(1)), row.getLong(2));
            chunks.put(key, PointCodec.decode(row.getBuffer(3).getBytes()));
        }
        return chunks;
    }

    /** Writes chunks, their points by time; {@code unrolled}: the coarser levels lack some of their points. */
    void save(Tx tx, Map<ChunkKey, List<Point>> chunks, boolean unrolled) {
        if (chunks.isEmpty()) {
            return;
        }
        List<ChunkKey> keys = List.copyOf(chunks.keySet());
        Buffer[] points = keys.stream()
                .map(key -> Buffer.buffer(PointCodec.encode(chunks.get(key))))
                .toArray(Buffer[]::new);
        tx.update(SAVE, series(keys), levels(keys), starts(keys), points, unrolled);
    }

    private static Long[] series(Collection<ChunkKey> keys) {
        return column(keys, ChunkKey::series);
    }

    private static Long[] starts(Collection<ChunkKey> keys) {
        return column(keys, ChunkKey::start);
    }

    private static Long[] column(Collection<ChunkKey> keys, Function<ChunkKey, Long> value) {
        return keys.stream().map(value).toArray(Long[]::new);
    }

    private static Short[] levels(Collection<ChunkKey> keys) {
        return keys.stream().map(key -> (short) key.level().ordinal()).toArray(Short[]::new);
    }
}
