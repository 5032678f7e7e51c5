package io.burnish.target.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.job.Dispatch;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.TargetKind;
import io.burnish.kit.execution.JobDefinition;
import io.burnish.kit.execution.Step;
import io.burnish.kit.sql.Tx;
import io.burnish.target.target.Target;
import io.burnish.target.target.TargetStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * {@code UpdateNidsJob} (orchestration 4.1): all targets of the servers, and all of the file systems that these are part of, are written
 * anew, started once so that the MGS learns the NIDs, the MGT first, and stopped again.
 */
@ApplicationScoped
class UpdateNids implements JobDefinition {

    private static final String AFFECTED = """
            not_deleted AND visible AND NOT immutable_state AND (
                id IN (%1$s) OR filesystem_id IN (%2$s)
                OR id IN (SELECT (n.fact ->> 'mgtId')::bigint FROM neighbour n WHERE n.type = 'filesystem' AND NOT n.gone AND n.id IN (%2$s)))""";

    private static final String ON_SERVERS = """
            SELECT t.id FROM target t WHERE t.not_deleted AND (cardinality($1::bigint[]) = 0
                OR EXISTS (SELECT 1 FROM target_mount m WHERE m.target_id = t.id AND m.host_id = ANY($1)))""";

    private static final String THEIR_FILESYSTEMS = """
            SELECT t.filesystem_id FROM target t WHERE t.id IN (%1$s) AND t.filesystem_id IS NOT NULL
            UNION ALL
            SELECT n.id FROM neighbour n JOIN target t ON n.fact ->> 'mgtId' = t.id::text
            WHERE n.type = 'filesystem' AND NOT n.gone AND t.id IN (%1$s)""".formatted(ON_SERVERS);

    private final Surroundings surroundings;
    private final TargetStore targets;

    UpdateNids(Surroundings surroundings, TargetStore targets) {
        this.surroundings = surroundings;
        this.targets = targets;
    }

    @Override
    public Set<String> jobClasses() {
        return Set.of("UpdateNidsJob");
    }

    @Override
    public Set<Class<? extends Step>> stepTypes() {
        return Set.of(
                MountOrImportStep.class,
                StartStopTarget.UnmountStep.class,
                UpdateNidsSteps.WriteConfStep.class,
                UpdateNidsSteps.ResetConfParamsStep.class);
    }

    @Override
    public List<Step> steps(Tx tx, Dispatch.RunJob job) {
        List<Target> affected = affected(tx, job.args());
        affected.forEach(UpdateNids::requireStopped);
        List<Target> mgts = affected.stream()
                .filter(target -> target.kind() == TargetKind.MGT)
                .toList();
        // MDTs before OSTs, as the MGS wants to meet them
        List<Target> members = affected.stream()
                .filter(target -> target.kind() != TargetKind.MGT)
                .sorted(Comparator.comparing(Target::kind).thenComparing(Target::id))
                .toList();
        List<Step> steps = new ArrayList<>();
        Stream.concat(mgts.stream(), members.stream()).forEach(target -> rewrite(tx, target, steps));
        mgts.forEach(mgt -> steps.add(new UpdateNidsSteps.ResetConfParamsStep(mgt.id(), mgt.name())));
        Stream.concat(mgts.stream(), members.stream()).forEach(target -> steps.add(start(tx, target)));
        Stream.concat(members.stream(), mgts.stream()).forEach(target -> stop(tx, target, steps));
        return steps;
    }

    private List<Target> affected(Tx tx, ObjectNode args) {
        List<Long> hosts = new ArrayList<>();
        args.path("host_ids").forEach(id -> hosts.add(id.asLong()));
        return targets.where(
                tx, AFFECTED.formatted(ON_SERVERS, THEIR_FILESYSTEMS), (Object) hosts.toArray(Long[]::new));
    }

    private static void requireStopped(Target target) {
        if (!target.state().equals("unmounted")) {
            throw Surroundings.refusal(
                    ObjectRef.target(target.id()),
                    "Target %s is %s: NIDs can be changed while it is unmounted."
                            .formatted(target.name(), target.state()));
        }
    }

    private void rewrite(Tx tx, Target target, List<Step> steps) {
        Device primary = surroundings.devices(tx, target).getFirst();
        ObjectNode arguments = Json.object().put("device", primary.path()).put("erase_params", true);
        if (target.kind() != TargetKind.MGT) {
            arguments.put("writeconf", true).set("mgsnode", surroundings.mgsNodes(tx, target));
        }
        arguments.set("failnode", surroundings.failoverNodes(tx, target));
        steps.add(available(tx, target, primary.hostId(), false));
        steps.add(new UpdateNidsSteps.WriteConfStep(target.name(), primary, arguments));
    }

    private Step start(Tx tx, Target target) {
        return available(tx, target, surroundings.bestServer(tx, target).hostId(), true);
    }

    private void stop(Tx tx, Target target, List<Step> steps) {
        Device server = surroundings.bestServer(tx, target);
        steps.add(new StartStopTarget.UnmountStep(
                target.id(), target.name(), server.hostId(), server.host(), target.haLabel()));
        steps.add(available(tx, target, null, false));
    }

    private Step available(Tx tx, Target target, Long host, boolean start) {
        return new MountOrImportStep(
                target.id(),
                target.name(),
                target.haLabel(),
                surroundings.deviceType(tx, target),
                surroundings.devices(tx, target),
                host,
                start,
                start ? surroundings.names(tx, target) : Map.of());
    }
}
