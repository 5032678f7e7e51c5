package io.burnish.agent.pacemaker;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.agent.action.Action;
import io.burnish.agent.action.ActionArguments;
import io.burnish.agent.action.ActionContext;
import io.burnish.agent.command.ActionFailedException;
import io.burnish.agent.service.ServiceControl;
import io.burnish.contracts.agent.AgentAction;
import java.io.IOException;
import org.w3c.dom.Element;

/**
 * Starts Pacemaker afresh and sees to the cluster-wide configuration, which one node, the DC, writes while the others wait to see it
 * (agent contract, 10.4).
 */
final class ConfigurePacemaker implements Action {

    private static final String FENCING_XML = "<primitive class=\"stonith\" id=\"st-fencing\" type=\"fence_chroma\"/>";
    private static final String[][] RESOURCE_DEFAULTS = {
        {"resource-stickiness", "1000"}, {"failure-timeout", "20m"}, {"migration-threshold", "3"}
    };

    @Override
    public AgentAction id() {
        return AgentAction.CONFIGURE_PACEMAKER;
    }

    @Override
    public String purpose(ActionArguments arguments) {
        return "configure Pacemaker";
    }

    @Override
    public JsonNode run(ActionArguments arguments, ActionContext context) throws InterruptedException, IOException {
        ServiceControl services = new ServiceControl(context);
        if (!services.active("corosync")) {
            services.restart("corosync");
        }
        services.enable("pacemaker");
        services.restart("pacemaker");
        var waits = context.waits();
        if (!context.await(waits.cib(), waits.cluster(), () -> ready(context))) {
            throw new ActionFailedException("the cluster database did not become available within "
                    + waits.cib().toSeconds() + " s; see 'journalctl -u pacemaker'");
        }
        if (!context.await(waits.pacemaker(), waits.pacemakerLook(), () -> configured(context))) {
            throw new ActionFailedException("no node configured fencing of the cluster within "
                    + waits.pacemaker().toSeconds() + " s; see whether it has a DC with 'crm_mon -1'");
        }
        return null;
    }

    private static boolean ready(ActionContext context) throws InterruptedException {
        return context.commands()
                .polling()
                .run("cibadmin", "--query", "--local")
                .ok();
    }

    private static boolean configured(ActionContext context) throws InterruptedException, IOException {
        if (fencingKnown(context)) {
            return true;
        }
        Element database = new Cib(context).query();
        ClusterNodes nodes = ClusterNodes.query(context.commands());
        String me = nodes.nameOf(context.host().names());
        if (nodes.id(me).filter(database.getAttribute("dc-uuid")::equals).isPresent()) {
            configure(context, nodes.count());
        }
        return fencingKnown(context);
    }

    private static boolean fencingKnown(ActionContext context) throws InterruptedException {
        var resources = context.commands().polling().run("cibadmin", "--query", "-o", "resource");
        return resources.ok() && resources.stdout().contains("fence_chroma");
    }

    private static void configure(ActionContext context, int nodes) throws InterruptedException, IOException {
        Cib cib = new Cib(context);
        cib.delete("--delete", "-o", "resources", "-X", FENCING_XML);
        try {
            cib.create("--create", "-o", "resources", "-X", FENCING_XML);
        } catch (ActionFailedException e) {
            if (!context.commands().succeeds("crm_resource", "--locate", "--resource", "st-fencing")) {
                throw e;
            }
        }
        ClusterOptions.forNodes(nodes).apply(cib);
        for (String[] option : RESOURCE_DEFAULTS) {
            context.commands()
                    .tryRun(
                            "crm_attribute",
                            "--type",
                            "rsc_defaults",
                            "--attr-name",
                            option[0],
                            "--attr-value",
                            option[1]);
        }
    }
}
