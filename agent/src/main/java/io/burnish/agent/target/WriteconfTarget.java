package io.burnish.agent.target;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.agent.action.Action;
import io.burnish.agent.action.ActionArguments;
import io.burnish.agent.action.ActionContext;
import io.burnish.agent.system.CommandLine;
import io.burnish.agent.system.OutcomeUnknownException;
import io.burnish.contracts.agent.AgentAction;

/** Changes what is written on a target (agent contract, 9.8). Once per action; torn by a reboot it is simply done again. */
final class WriteconfTarget implements Action {

    @Override
    public AgentAction id() {
        return AgentAction.WRITECONF_TARGET;
    }

    @Override
    public String purpose(ActionArguments arguments) {
        return "change the configuration on " + arguments.text("device");
    }

    @Override
    public JsonNode run(ActionArguments arguments, ActionContext context) throws InterruptedException {
        CommandLine tunefs = CommandLine.of(LustreCommandLine.tunefs(arguments, arguments.text("device")));
        try {
            context.commands().tryRun(tunefs.once(context.onceKey("tunefs")));
        } catch (OutcomeUnknownException e) {
            context.commands().remark("the server went down while tunefs.lustre ran: running it again");
            context.commands()
                    .tryRun(tunefs.once(
                            context.onceKey("tunefs-" + context.host().bootId())));
        }
        return null;
    }
}
