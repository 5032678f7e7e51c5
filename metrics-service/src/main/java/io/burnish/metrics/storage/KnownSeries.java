package io.burnish.metrics.storage;

import io.burnish.metrics.point.Layout;
import io.burnish.metrics.storage.SeriesCatalog.Measured;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Ids of the series of the objects that were stored last, so that the database is not asked for them every time: about half a kilobyte for
 * an object of thirty series, for the layout is shared. Series of jobs are not remembered: they go when nothing is left of them and may
 * come back under another id. Those of other objects go for good.
 */
final class KnownSeries {

    private static final int OBJECTS = 50_000;

    private final Map<String, Known> byObject = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > OBJECTS;
        }
    };

    private record Known(Layout layout, long[] ids) {}

    /** The ids in the order of the layout; {@code null}: not known. */
    synchronized long[] find(Measured measured) {
        Known known = byObject.get(measured.ref());
        return known != null && known.layout().equals(measured.layout()) ? known.ids() : null;
    }

    synchronized void add(Measured measured, long[] ids) {
        if (!measured.layout().ofJobs()) {
            byObject.put(measured.ref(), new Known(measured.layout(), ids));
        }
    }

    synchronized void clear() {
        byObject.clear();
    }
}
