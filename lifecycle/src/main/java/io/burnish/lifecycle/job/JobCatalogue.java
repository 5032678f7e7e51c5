package io.burnish.lifecycle.job;

import io.burnish.contracts.model.ObjectType;
import io.burnish.lifecycle.cluster.ClusterJobs;
import io.burnish.lifecycle.filesystem.FilesystemJobs;
import io.burnish.lifecycle.host.HostActions;
import io.burnish.lifecycle.host.HostJobs;
import io.burnish.lifecycle.lnet.LnetJobs;
import io.burnish.lifecycle.target.TargetJobs;
import io.burnish.lifecycle.worker.WorkerJobs;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** All job types. */
public final class JobCatalogue {

    private static final Map<String, JobType> BY_NAME = new LinkedHashMap<>();
    private static final Map<String, JobType> BY_LOWER_CASE_NAME = new LinkedHashMap<>();

    static {
        Stream.of(
                        HostJobs.transitions(),
                        HostActions.all(),
                        LnetJobs.all(),
                        ClusterJobs.all(),
                        TargetJobs.all(),
                        FilesystemJobs.all(),
                        WorkerJobs.all())
                .flatMap(List::stream)
                .forEach(type -> {
                    BY_NAME.put(type.name(), type);
                    BY_LOWER_CASE_NAME.put(type.name().toLowerCase(Locale.ROOT), type);
                });
    }

    private JobCatalogue() {}

    /** All of them. */
    public static Collection<JobType> all() {
        return BY_NAME.values();
    }

    /**
     * The type of that exact name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static JobType of(String name) {
        JobType type = BY_NAME.get(name);
        if (type == null) {
            throw new IllegalArgumentException("no job class is called " + name);
        }
        return type;
    }

    /** The type of that name in any case, as clients may write it. */
    public static Optional<JobType> find(String name) {
        return Optional.ofNullable(BY_LOWER_CASE_NAME.get(name.toLowerCase(Locale.ROOT)));
    }

    /** Jobs on objects of a type that are no transitions and are offered to users. */
    public static List<JobType> actionsOn(ObjectType type) {
        return BY_NAME.values().stream()
                .filter(job -> !job.transition() && job.type() == type && job.verb() != null)
                .toList();
    }
}
