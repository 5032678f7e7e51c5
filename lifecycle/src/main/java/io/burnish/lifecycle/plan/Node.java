package io.burnish.lifecycle.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.fact.StatefulFact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.lifecycle.job.JobCase;
import io.burnish.lifecycle.job.JobType;
import io.burnish.lifecycle.world.World;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** A job while the plan is being made, with the jobs whose results it needs. */
final class Node {

    /**
     * Ties between jobs of the same depth: what depends on others goes before what it depends on (targets before their server's
     * configurations), so that nothing is taken away from under it.
     */
    private static final Map<ObjectType, Integer> RANK = Map.of(
            ObjectType.COPYTOOL, 0,
            ObjectType.CLIENT_MOUNT, 1,
            ObjectType.TARGET, 2,
            ObjectType.NTP_CONFIGURATION, 3,
            ObjectType.PACEMAKER_CONFIGURATION, 4,
            ObjectType.COROSYNC_CONFIGURATION, 5,
            ObjectType.LNET_CONFIGURATION, 6,
            ObjectType.FILESYSTEM, 7,
            ObjectType.HOST, 8);

    /** The order of creation: leaves first, then rank, then type and id, then the place on the object's way. */
    static final Comparator<Node> ORDER = Comparator.<Node>comparingInt(Node::depth)
            .thenComparingInt(node -> RANK.getOrDefault(node.subject.type(), 9))
            .thenComparing(node -> node.subject)
            .thenComparingInt(node -> node.sequence);

    final JobType type;
    final ObjectRef subject;
    final String from;
    final String to;
    final ObjectNode args;
    final Why why;
    final Set<Node> needs = new LinkedHashSet<>();
    private final int sequence;
    private int depth = -1;
    private boolean visiting;

    Node(JobType type, ObjectRef subject, String from, String to, ObjectNode args, Why why, int sequence) {
        this.type = type;
        this.subject = subject;
        this.from = from;
        this.to = to;
        this.args = args;
        this.why = why;
        this.sequence = sequence;
    }

    /** The job in a world in which its object has the state from which it starts. */
    JobCase in(World world) {
        StatefulFact fact = world.find(subject).orElse(null);
        return new JobCase(world, fact == null || from == null ? fact : fact.inState(from), args);
    }

    /**
     * Longest way to a job that needs nothing.
     *
     * @throws IllegalStateException if jobs need each other in a circle
     */
    int depth() {
        if (depth < 0) {
            if (visiting) {
                throw new IllegalStateException(
                        "jobs need each other in a circle at " + type.name() + " of " + subject);
            }
            visiting = true;
            int deepest = -1;
            for (Node need : needs) {
                deepest = Math.max(deepest, need.depth());
            }
            depth = deepest + 1;
            visiting = false;
        }
        return depth;
    }
}
