package io.burnish.lifecycle.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.lifecycle.job.JobType;
import java.util.List;
import java.util.SortedSet;

/**
 * A job of a plan.
 *
 * @param index its place in the plan, from 0; the order is a legal serial order
 * @param subject the object; for jobs that concern none, id 0 of the type whose owner runs them
 * @param from state it starts from; {@code null} for jobs that are no transition
 * @param to state it gives; {@code null} for jobs that are no transition
 * @param after indexes of jobs of this plan that must end before
 * @param afterQueued ids of jobs queued earlier that must end before
 */
public record PlannedJob(
        int index,
        JobType type,
        ObjectRef subject,
        String from,
        String to,
        ObjectNode args,
        String description,
        List<JobType.LockWish> locks,
        SortedSet<Integer> after,
        SortedSet<Long> afterQueued,
        Why why) {}
