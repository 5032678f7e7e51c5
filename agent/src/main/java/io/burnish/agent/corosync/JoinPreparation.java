package io.burnish.agent.corosync;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.agent.action.Action;
import io.burnish.agent.action.ActionArguments;
import io.burnish.agent.action.ActionContext;
import io.burnish.agent.firewall.Firewall;
import io.burnish.agent.service.ServiceControl;
import io.burnish.agent.system.CommandLine;
import io.burnish.agent.system.CommandResult;
import io.burnish.contracts.agent.AgentAction;
import java.io.IOException;

/** Makes this server ready to be taken into a cluster: stage 1 (agent contract, 10.3). */
final class JoinPreparation implements Action {

    static final int PCSD_PORT = 2224;

    @Override
    public AgentAction id() {
        return AgentAction.CONFIGURE_COROSYNC2_STAGE_1;
    }

    @Override
    public String purpose(ActionArguments arguments) {
        return "prepare for joining a cluster";
    }

    @Override
    public JsonNode run(ActionArguments arguments, ActionContext context) throws InterruptedException, IOException {
        setPassword(context, arguments.text("pcs_password"));
        Firewall firewall = new Firewall(context);
        firewall.open(arguments.number("mcast_port"), "udp");
        firewall.open(PCSD_PORT, "tcp");
        ServiceControl services = new ServiceControl(context);
        services.start("pcsd");
        services.enable("corosync");
        services.enable("pcsd");
        return null;
    }

    /** Through standard input: it never appears on a command line, and no shell sees it. */
    private static void setPassword(ActionContext context, String password) throws InterruptedException {
        CommandLine passwd = CommandLine.of("passwd", "--stdin", "hacluster").withInput(password + "\n");
        CommandResult result = context.commands().run(passwd);
        if (result.ok()) {
            return;
        }
        if (!result.stderr().contains("option")) {
            throw context.commands().failure(passwd, result);
        }
        // only Red Hat's passwd reads standard input
        context.commands().tryRun(CommandLine.of("chpasswd").withInput("hacluster:" + password + "\n"));
    }
}
