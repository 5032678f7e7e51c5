package io.burnish.lifecycle.plan;

import java.util.List;
import java.util.SortedSet;

/**
 * What a request leads to.
 *
 * @param jobs in a legal serial order; a job waits only for jobs before it
 * @param joined ids of queued jobs that already do a part of what is wanted
 * @param message of the command
 */
public record Plan(List<PlannedJob> jobs, SortedSet<Long> joined, String message) {}
