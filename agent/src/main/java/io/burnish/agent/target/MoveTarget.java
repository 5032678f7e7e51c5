package io.burnish.agent.target;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.agent.action.Action;
import io.burnish.agent.action.ActionArguments;
import io.burnish.agent.action.ActionContext;
import io.burnish.agent.command.ActionFailedException;
import io.burnish.agent.pacemaker.ResourceList;
import io.burnish.agent.pacemaker.TargetLocations;
import io.burnish.contracts.agent.AgentAction;
import java.io.IOException;

/**
 * Moves a running target to its secondary or primary server (agent contract, 9.8). The constraint by which the cluster is told to move
 * it is always taken back, since it would override failover for ever.
 */
record MoveTarget(AgentAction id, boolean toPrimary) implements Action {

    static MoveTarget failover() {
        return new MoveTarget(AgentAction.FAILOVER_TARGET, false);
    }

    static MoveTarget failback() {
        return new MoveTarget(AgentAction.FAILBACK_TARGET, true);
    }

    @Override
    public String purpose(ActionArguments arguments) {
        return "move " + arguments.text("ha_label") + " to its " + (toPrimary ? "primary" : "secondary") + " server";
    }

    @Override
    public JsonNode run(ActionArguments arguments, ActionContext context) throws InterruptedException, IOException {
        HaResource resource = new HaResource(arguments.text("ha_label"));
        String label = resource.label();
        String constraints = context.commands().tryRun("crm_resource", "-r", label, "-a");
        String constraint = resource.constraintId(toPrimary);
        String node = TargetLocations.node(constraints, constraint)
                .orElseThrow(() -> new ActionFailedException("the cluster has no constraint " + constraint));
        try {
            if (!runsOn(context, label, node)) {
                move(context, label, node);
            }
        } finally {
            context.commands().run("crm_resource", "--resource", label, "--un-move", "--node", node);
        }
        return null;
    }

    private static void move(ActionContext context, String label, String node)
            throws InterruptedException, IOException {
        context.commands().run("crm_mon", "-1");
        context.commands().tryRun("crm_resource", "--resource", label, "--cleanup");
        context.commands().tryRun("crm_resource", "--resource", label, "--move", "--node", node);
        if (!context.await(context.waits().move(), context.waits().cluster(), () -> runsOn(context, label, node))) {
            throw new ActionFailedException("it did not move to " + node + " within "
                    + context.waits().move().toSeconds() + " s; see 'crm_mon -1 -r -f'");
        }
    }

    private static boolean runsOn(ActionContext context, String label, String node) throws InterruptedException {
        String list = context.commands().polling().run("crm_mon", "-1", "-r").stdout();
        return ResourceList.parse(list).nodeOf(label).filter(node::equals).isPresent();
    }
}
