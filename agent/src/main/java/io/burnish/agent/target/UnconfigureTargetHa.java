package io.burnish.agent.target;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.agent.action.Action;
import io.burnish.agent.action.ActionArguments;
import io.burnish.agent.action.ActionContext;
import io.burnish.agent.command.ActionFailedException;
import io.burnish.agent.pacemaker.Cib;
import io.burnish.agent.pacemaker.ResourceList;
import io.burnish.agent.pacemaker.Xml;
import io.burnish.agent.service.ServiceControl;
import io.burnish.contracts.agent.AgentAction;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Removes a target from the cluster (agent contract, 9.7). Cluster services that are down are started for the time being; only one run
 * at a time does that, since otherwise one would stop what another had just started.
 */
final class UnconfigureTargetHa implements Action {

    private final ReentrantLock services = new ReentrantLock();

    @Override
    public AgentAction id() {
        return AgentAction.UNCONFIGURE_TARGET_HA;
    }

    @Override
    public String purpose(ActionArguments arguments) {
        return "remove " + arguments.text("ha_label") + " from the cluster";
    }

    @Override
    public JsonNode run(ActionArguments arguments, ActionContext context) throws InterruptedException, IOException {
        services.lockInterruptibly();
        Deque<String> started = new ArrayDeque<>();
        try {
            for (String service : List.of("corosync", "pacemaker")) {
                if (!new ServiceControl(context).active(service)) {
                    new ServiceControl(context).start(service);
                    started.push(service);
                }
            }
            remove(new HaResource(arguments.text("ha_label")), arguments.flag("primary"), context);
        } finally {
            stop(started, context);
            services.unlock();
        }
        return null;
    }

    private static void remove(HaResource resource, boolean primary, ActionContext context)
            throws InterruptedException {
        String list = context.commands().tryRun("crm_mon", "-1", "-r");
        ResourceList.parse(list).nodeOf(resource.label()).ifPresent(node -> {
            throw new ActionFailedException("it still runs on " + node + "; stop it first");
        });
        Cib cib = new Cib(context);
        cib.delete("-D", "-X", "<rsc_location id=\"" + Xml.quoted(resource.constraintId(primary)) + "\"/>");
        if (primary) {
            cib.delete("-D", "-X", "<primitive id=\"" + Xml.quoted(resource.label()) + "\"/>");
        }
    }

    private static void stop(Deque<String> started, ActionContext context) throws InterruptedException, IOException {
        while (!started.isEmpty()) {
            new ServiceControl(context).stop(started.pop());
        }
    }
}
