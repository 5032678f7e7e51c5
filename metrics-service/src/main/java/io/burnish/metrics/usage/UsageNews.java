package io.burnish.metrics.usage;

import io.burnish.contracts.fact.FilesystemUsage;
import io.burnish.kit.sql.Database;
import io.burnish.kit.sql.RegularWork;
import io.burnish.metrics.query.MeasuredObject;
import io.burnish.metrics.query.MetricQueries;
import io.burnish.metrics.resource.FilesystemMetrics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Tells the other services what file systems hold ({@link FilesystemUsage}): looks regularly at the newest figures of their targets, off
 * the path of the samples, and publishes what has changed. Several instances publish a change once: the row of the file system decides.
 */
@ApplicationScoped
public class UsageNews {

    private static final List<String> FIGURES =
            List.of("kbytestotal", "kbytesfree", "filestotal", "filesfree", "client_count");
    private static final int KILO = 1024;

    private final FilesystemMetrics filesystems;
    private final MetricQueries queries;
    private final UsageStore store;
    private final Database database;
    private final RegularWork work;

    UsageNews(
            FilesystemMetrics filesystems,
            MetricQueries queries,
            UsageStore store,
            Database database,
            @ConfigProperty(name = "burnish.metrics.usage-interval") Duration pause) {
        if (!pause.isPositive()) {
            throw new IllegalArgumentException("burnish.metrics.usage-interval must be positive");
        }
        this.filesystems = filesystems;
        this.queries = queries;
        this.store = store;
        this.database = database;
        this.work = new RegularWork("metrics-usage", pause, () -> publish(Instant.now()));
    }

    void start(@Observes StartupEvent startup) {
        work.start();
    }

    void stop(@Observes ShutdownEvent shutdown) {
        work.stop();
    }

    /** Publishes what has changed. */
    void publish(Instant now) {
        List<MeasuredObject> objects = filesystems.all();
        List<Map<String, Double>> newest = queries.newest(objects, FIGURES);
        List<FilesystemUsage> usages = new ArrayList<>();
        for (int i = 0; i < objects.size(); i++) {
            if (!newest.get(i).isEmpty()) {
                usages.add(usage(objects.get(i).id(), now, newest.get(i)));
            }
        }
        database.run(tx -> store.publish(tx, usages));
    }

    private static FilesystemUsage usage(long id, Instant now, Map<String, Double> figures) {
        return new FilesystemUsage(
                id,
                now.toEpochMilli(),
                bytes(figures.get("kbytestotal")),
                bytes(figures.get("kbytesfree")),
                figures.get("filestotal"),
                figures.get("filesfree"),
                figures.get("client_count"));
    }

    private static Double bytes(Double kilobytes) {
        return kilobytes == null ? null : kilobytes * KILO;
    }
}
