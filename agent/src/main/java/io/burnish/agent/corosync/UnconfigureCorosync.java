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
import java.util.Arrays;
import java.util.Optional;

/** Takes this server out of the cluster (agent contract, 10.3). */
final class UnconfigureCorosync implements Action {

    @Override
    public AgentAction id() {
        return AgentAction.UNCONFIGURE_COROSYNC2;
    }

    @Override
    public String purpose(ActionArguments arguments) {
        return "leave the cluster";
    }

    @Override
    public JsonNode run(ActionArguments arguments, ActionContext context) throws InterruptedException {
        String node = arguments.text("host_fqdn");
        new ServiceControl(context).disable("corosync");
        Optional<CommandResult> members = context.commands().runIfInstalled("pcs", "status", "nodes", "corosync");
        if (members.isPresent()) {
            remove(context, node, lastMember(members.get().stdout()));
        }
        Firewall firewall = new Firewall(context);
        firewall.close(JoinPreparation.PCSD_PORT, "tcp");
        if (arguments.optionalText("mcast_port").isPresent()) {
            firewall.close(arguments.number("mcast_port"), "udp");
        }
        return null;
    }

    private static void remove(ActionContext context, String node, boolean last) throws InterruptedException {
        CommandLine remove = CommandLine.of("pcs", "--force", "cluster", "node", "remove", node);
        CommandResult result = context.commands().run(remove);
        String text = result.stdout() + result.stderr();
        boolean gone = text.contains("No such file or directory")
                || last && text.contains("Error: Unable to update any nodes");
        if (result.ok() || gone) {
            return;
        }
        if (last && text.contains("pcs cluster destroy")) {
            context.commands().tryRun("pcs", "cluster", "destroy");
            return;
        }
        throw context.commands().failure(remove, result);
    }

    static boolean lastMember(String stdout) {
        return Arrays.stream(stdout.split("\n"))
                        .filter(line -> line.matches("\\s*(Online|Offline):.*"))
                        .flatMap(line -> Arrays.stream(
                                line.substring(line.indexOf(':') + 1).strip().split("\\s+")))
                        .filter(name -> !name.isEmpty())
                        .count()
                <= 1;
    }
}
