package io.burnish.agent.target;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.agent.action.Action;
import io.burnish.agent.action.ActionArguments;
import io.burnish.agent.action.ActionContext;
import io.burnish.contracts.agent.AgentAction;
import java.util.List;

/** Import and export of a target's storage (agent contract, 9.4). */
final class PoolActions {

    private PoolActions() {}

    static List<Action> all() {
        return List.of(new Import(), new Export());
    }

    private static final class Import implements Action {

        @Override
        public AgentAction id() {
            return AgentAction.IMPORT_TARGET;
        }

        @Override
        public String purpose(ActionArguments arguments) {
            return "import " + arguments.text("path");
        }

        @Override
        public JsonNode run(ActionArguments arguments, ActionContext context) throws InterruptedException {
            TargetStorage storage = TargetStorage.of(arguments.text("device_type"));
            String path = arguments.text("path");
            storage.importDevice(context, path, arguments.flag("pacemaker_ha_operation"));
            if (arguments.flag("validate_importable")) {
                storage.exportDevice(context, path);
            }
            return null;
        }
    }

    private static final class Export implements Action {

        @Override
        public AgentAction id() {
            return AgentAction.EXPORT_TARGET;
        }

        @Override
        public String purpose(ActionArguments arguments) {
            return "export " + arguments.text("path");
        }

        @Override
        public JsonNode run(ActionArguments arguments, ActionContext context) throws InterruptedException {
            TargetStorage.of(arguments.text("device_type")).exportDevice(context, arguments.text("path"));
            return null;
        }
    }
}
