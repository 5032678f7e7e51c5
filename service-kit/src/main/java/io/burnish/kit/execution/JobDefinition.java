package io.burnish.kit.execution;

import io.burnish.contracts.job.Dispatch;
import io.burnish.kit.sql.Tx;
import java.util.List;
import java.util.Set;

/** How the owner of an object carries out jobs of some classes. A bean per feature. */
public interface JobDefinition {

    /** Job classes, for example {@code StartTargetJob}. */
    Set<String> jobClasses();

    /** All step types that {@link #steps} may return: they must be known to read stored steps. */
    Set<Class<? extends Step>> stepTypes();

    /**
     * The steps of a job, determined once when it starts; may be empty.
     *
     * @throws JobRefusal if it cannot start as things stand
     */
    List<Step> steps(Tx tx, Dispatch.RunJob job);

    /** Changes what the job changes besides the subject's state, in the transaction that reports success. */
    default void succeeded(Tx tx, Dispatch.RunJob job) {}

    /** Cleans up what {@link #steps} prepared, in the transaction that reports a failure or a cancellation. */
    default void ended(Tx tx, Dispatch.RunJob job) {}
}
