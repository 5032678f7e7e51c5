package io.burnish.agent.corosync;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.agent.action.Action;
import io.burnish.agent.action.ActionArguments;
import io.burnish.agent.action.ActionContext;
import io.burnish.agent.service.ServiceControl;
import io.burnish.contracts.agent.AgentAction;
import java.io.IOException;

/** Starts or stops Corosync (agent contract, 10.3). */
record CorosyncService(AgentAction id, boolean start, RingTalker talker) implements Action {

    private static final String UNIT = "corosync";

    static CorosyncService starting(RingTalker talker) {
        return new CorosyncService(AgentAction.START_COROSYNC2, true, talker);
    }

    static CorosyncService stopping(RingTalker talker) {
        return new CorosyncService(AgentAction.STOP_COROSYNC2, false, talker);
    }

    @Override
    public String purpose(ActionArguments arguments) {
        return (start ? "start" : "stop") + " Corosync";
    }

    @Override
    public JsonNode run(ActionArguments arguments, ActionContext context) throws InterruptedException, IOException {
        ServiceControl services = new ServiceControl(context);
        if (start) {
            services.enable(UNIT);
            services.start(UNIT);
            // from here on Corosync itself is heard on the ring
            talker.stop();
        } else {
            services.stop(UNIT);
        }
        return null;
    }
}
