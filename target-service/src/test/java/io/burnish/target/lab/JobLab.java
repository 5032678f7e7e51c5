package io.burnish.target.lab;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.Topics;
import io.burnish.contracts.fact.HostFact;
import io.burnish.contracts.job.Dispatch;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.testsupport.Bus;
import io.burnish.testsupport.Jobs;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The command service and the agents, as jobs of targets meet them on Kafka. */
public final class JobLab extends Jobs {

    /** A lab on a bus that hears job events, agent actions and facts of targets. */
    public JobLab(Bus bus, HostFact... servers) {
        super(bus, Stream.of(servers).collect(Collectors.toMap(HostFact::id, HostFact::nodename)));
    }

    /** The topics that the bus must hear. */
    public static List<String> topics() {
        return List.of(
                Topics.JOB_EVENTS, Topics.AGENT_ACTIONS, Topics.facts(io.burnish.contracts.model.ObjectType.TARGET));
    }

    /** A first attempt of a transition. */
    public static Dispatch.RunJob transition(String jobClass, long target, String from, String to) {
        return job(jobClass, target, from, to, 1, Lab.id());
    }

    /** A job that is no transition. */
    public static Dispatch.RunJob move(String jobClass, long target) {
        return job(jobClass, target, null, null, 1, Lab.id());
    }

    /** Any attempt of any job. */
    public static Dispatch.RunJob job(String jobClass, long target, String from, String to, int attempt, long jobId) {
        return job(jobClass, ObjectRef.target(target), from, to, attempt, jobId, JsonNodeFactory.instance.objectNode());
    }

    /** A job about what is on some servers. */
    public static Dispatch.RunJob onServers(String jobClass, long... hosts) {
        ObjectNode args = JsonNodeFactory.instance.objectNode();
        for (long host : hosts) {
            args.withArray("/host_ids").add(host);
        }
        return job(jobClass, ObjectRef.target(0), null, null, 1, Lab.id(), args);
    }
}
