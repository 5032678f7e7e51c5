package io.burnish.metrics.storage;

import io.burnish.kit.sql.Tx;
import io.burnish.metrics.point.Level;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/**
 * Removes what is no longer kept: chunks that lie as a whole before the time their level reaches back to, and are rolled up; all of objects
 * that are gone; and series of jobs that have left nothing.
 */
@ApplicationScoped
class Expiry {

    private static final int AT_ONCE = 10_000;
    /** A series has up to some hundred chunks. */
    private static final int SERIES_AT_ONCE = 200;

    private static final String OLD = """
            DELETE FROM chunk WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM chunk WHERE level = $1 AND start_at <= $2 AND NOT unrolled LIMIT $3))""";

    private static final String GONE_RECENT = """
            DELETE FROM recent_sampling r USING neighbour n WHERE n.ref = r.ref AND n.gone""";

    private static final String GONE = """
            WITH gone AS (
                DELETE FROM series WHERE id = ANY (ARRAY(
                    SELECT s.id FROM series s JOIN neighbour n ON n.ref = s.ref WHERE n.gone LIMIT $1))
                RETURNING id),
            chunks AS (DELETE FROM chunk c USING gone WHERE c.series_id = gone.id)
            SELECT count(*) FROM gone""";

    private static final String ENDED_JOBS = """
            DELETE FROM series s WHERE starts_with(s.name, 'job_')
                AND NOT EXISTS (SELECT 1 FROM chunk c WHERE c.series_id = s.id)""";

    private final SeriesCatalog catalog;

    Expiry(SeriesCatalog catalog) {
        this.catalog = catalog;
    }

    /** Removes some chunks of a level that are too old; true if there may be more. */
    boolean someOld(Tx tx, Level level, Instant now) {
        return tx.update(OLD, (short) level.ordinal(), level.keptSince(now) - level.window(), AT_ONCE) == AT_ONCE;
    }

    /** Removes some series of objects that are gone; true if there may be more. */
    boolean someGone(Tx tx) {
        tx.update(GONE_RECENT);
        long gone = tx.one(GONE, SERIES_AT_ONCE).getLong(0);
        if (gone > 0) {
            tx.afterCommit(catalog::forget);
        }
        return gone == SERIES_AT_ONCE;
    }

    /** Removes series of jobs of which nothing is left; always false: there are no more. */
    boolean endedJobs(Tx tx) {
        tx.update(ENDED_JOBS);
        return false;
    }
}
