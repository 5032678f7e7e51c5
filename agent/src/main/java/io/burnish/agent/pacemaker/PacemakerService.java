package io.burnish.agent.pacemaker;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.agent.action.Action;
import io.burnish.agent.action.ActionArguments;
import io.burnish.agent.action.ActionContext;
import io.burnish.agent.service.ServiceControl;
import io.burnish.contracts.agent.AgentAction;
import java.io.IOException;
import java.util.List;

/** Actions that only control the service Pacemaker. */
record PacemakerService(AgentAction id, String purpose, Effect effect) implements Action {

    private static final String UNIT = "pacemaker";

    static List<Action> all() {
        return List.of(
                new PacemakerService(AgentAction.START_PACEMAKER, "start Pacemaker", s -> s.start(UNIT)),
                new PacemakerService(AgentAction.STOP_PACEMAKER, "stop Pacemaker", s -> s.stop(UNIT)),
                new PacemakerService(AgentAction.ENABLE_PACEMAKER, "enable Pacemaker", s -> s.enable(UNIT)));
    }

    @Override
    public String purpose(ActionArguments arguments) {
        return purpose;
    }

    @Override
    public JsonNode run(ActionArguments arguments, ActionContext context) throws InterruptedException, IOException {
        effect.on(new ServiceControl(context));
        return null;
    }

    @FunctionalInterface
    interface Effect {
        void on(ServiceControl services) throws InterruptedException, IOException;
    }
}
