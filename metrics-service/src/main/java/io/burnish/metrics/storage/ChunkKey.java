package io.burnish.metrics.storage;

import io.burnish.metrics.point.Level;

/** A chunk: a window of a level of a series. */
record ChunkKey(long series, Level level, long start) {

    /** The chunk in which a time lies. */
    static ChunkKey at(long series, Level level, long at) {
        return new ChunkKey(series, level, level.windowOf(at));
    }
}
