package io.burnish.metrics.storage;

import io.burnish.metrics.point.Layout;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Layouts by their stored form, so that one is read and kept once for all objects that have it. Those of jobs come and go and are not kept.
 */
@ApplicationScoped
public class Layouts {

    /** Kinds of objects, times versions of their software. */
    private static final int KEPT = 1_000;

    private final Map<ByteBuffer, Layout> kept = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Layout> eldest) {
            return size() > KEPT;
        }
    };

    /** The layout of a stored form. */
    public synchronized Layout of(byte[] stored) {
        ByteBuffer key = ByteBuffer.wrap(stored);
        Layout known = kept.get(key);
        if (known != null) {
            return known;
        }
        Layout layout = Layout.of(stored);
        if (!layout.ofJobs()) {
            kept.put(key, layout);
        }
        return layout;
    }
}
