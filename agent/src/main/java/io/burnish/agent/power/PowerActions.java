package io.burnish.agent.power;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.agent.action.Action;
import io.burnish.agent.action.ActionArguments;
import io.burnish.agent.action.ActionContext;
import io.burnish.agent.action.AgentExit;
import io.burnish.contracts.agent.AgentAction;
import java.util.List;

/** The actions of this package: reboot and shutdown, both after the answer (agent contract, 11). */
public final class PowerActions {

    private PowerActions() {}

    /** All of them. */
    public static List<Action> all() {
        return List.of(new Down(AgentAction.REBOOT_SERVER), new Down(AgentAction.SHUTDOWN_SERVER));
    }

    private record Down(AgentAction id) implements Action.ActsAfterAnswer {

        @Override
        public String purpose(ActionArguments arguments) {
            return id == AgentAction.REBOOT_SERVER ? "reboot" : "shut down";
        }

        @Override
        public JsonNode run(ActionArguments arguments, ActionContext context) {
            return null;
        }

        @Override
        public void act(ActionArguments arguments, ActionContext context) throws InterruptedException {
            context.commands()
                    .tryRun(
                            "shutdown",
                            option(arguments),
                            arguments.optionalText("at_time").orElse("now"));
            context.agentExit().exit(AgentExit.Reason.SERVER_GOES_DOWN);
        }

        @Override
        public boolean stillWanted(boolean rebooted) {
            return !rebooted;
        }

        private String option(ActionArguments arguments) {
            if (id == AgentAction.REBOOT_SERVER) {
                return "-r";
            }
            return arguments.flag("halt", true) ? "-H" : "-h";
        }
    }
}
