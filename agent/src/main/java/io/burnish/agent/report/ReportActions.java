package io.burnish.agent.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.burnish.agent.action.Action;
import io.burnish.agent.action.ActionArguments;
import io.burnish.agent.action.ActionContext;
import io.burnish.contracts.agent.AgentAction;
import java.io.IOException;
import java.util.List;

/** The actions of this package: plug-ins asked out of turn (agent contract, 5.4). */
public final class ReportActions {

    private ReportActions() {}

    /** All of them, for an agent with these reporters. */
    public static List<Action> all(Reporters reporters) {
        return List.of(new DevicePlugin(reporters), new TriggerPluginUpdate(reporters));
    }

    private record DevicePlugin(Reporters reporters) implements Action {

        @Override
        public AgentAction id() {
            return AgentAction.DEVICE_PLUGIN;
        }

        @Override
        public String purpose(ActionArguments arguments) {
            return "look with plug-in " + arguments.text("plugin");
        }

        @Override
        public JsonNode run(ActionArguments arguments, ActionContext context) throws InterruptedException, IOException {
            String name = arguments.text("plugin");
            return JsonNodeFactory.instance.objectNode().set(name, reporters.scan(name));
        }
    }

    private record TriggerPluginUpdate(Reporters reporters) implements Action {

        @Override
        public AgentAction id() {
            return AgentAction.TRIGGER_PLUGIN_UPDATE;
        }

        @Override
        public String purpose(ActionArguments arguments) {
            return "report completely";
        }

        @Override
        public JsonNode run(ActionArguments arguments, ActionContext context) {
            reporters.reportFully(arguments.texts("plugin_names"));
            return null;
        }
    }
}
