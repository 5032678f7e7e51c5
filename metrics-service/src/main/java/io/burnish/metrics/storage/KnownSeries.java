package io.burnish.metrics.storage;

import io.burnish.metrics.storage.SeriesCatalog.SeriesName;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;

/**
 * Ids of series of the objects that were stored last, so that the database is not asked for them every time. Series of jobs are not
 * remembered: they go when nothing is left of them and may come back under another id. Those of other objects go for good.
 */
final class KnownSeries {

    private static final int OBJECTS = 6_000;

    private final Map<String, Map<String, Known>> byObject = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Map<String, Known>> eldest) {
            return size() > OBJECTS;
        }
    };

    private record Known(long id, short type) {}

    /** Sorts series into those that are known, with their type, and others. */
    synchronized void find(
            SortedMap<SeriesName, Short> wanted, Map<SeriesName, Long> ids, SortedMap<SeriesName, Short> others) {
        wanted.forEach((series, type) -> {
            Known known = byObject.getOrDefault(series.ref(), Map.of()).get(series.name());
            if (known != null && known.type() == type) {
                ids.put(series, known.id());
            } else {
                others.put(series, type);
            }
        });
    }

    /** Remembers series that exist. */
    synchronized void add(SortedMap<SeriesName, Short> types, Map<SeriesName, Long> ids) {
        types.forEach((series, type) -> {
            if (!series.name().startsWith("job_")) {
                // the names are few, and the same for all objects
                byObject.computeIfAbsent(series.ref(), ref -> new HashMap<>())
                        .put(series.name().intern(), new Known(ids.get(series), type));
            }
        });
    }

    synchronized void clear() {
        byObject.clear();
    }
}
