package io.burnish.kit.execution;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The job classes that this service can run. */
@ApplicationScoped
class JobDefinitions {

    private final Map<String, JobDefinition> byClass = new HashMap<>();

    JobDefinitions(@Any Instance<JobDefinition> definitions) {
        for (JobDefinition definition : definitions) {
            for (String jobClass : definition.jobClasses()) {
                if (byClass.put(jobClass, definition) != null) {
                    throw new IllegalStateException("two definitions of job class " + jobClass);
                }
            }
        }
    }

    /** How jobs of a class are carried out; empty if this service cannot. */
    Optional<JobDefinition> find(String jobClass) {
        return Optional.ofNullable(byClass.get(jobClass));
    }

    /** How jobs of a class are carried out. */
    JobDefinition of(String jobClass) {
        return find(jobClass)
                .orElseThrow(() -> new IllegalArgumentException("this service cannot run jobs of class " + jobClass));
    }
}
