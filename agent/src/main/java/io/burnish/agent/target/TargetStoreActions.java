package io.burnish.agent.target;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.agent.action.Action;
import io.burnish.agent.action.ActionArguments;
import io.burnish.agent.action.ActionContext;
import io.burnish.agent.config.ConfigStore;
import io.burnish.agent.config.ConfigStore.Section;
import io.burnish.contracts.agent.AgentAction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The server's memory of targets, which the resource agent uses (agent contract, 9.5). */
final class TargetStoreActions {

    private TargetStoreActions() {}

    static List<Action> all() {
        return List.of(new Configure(), new Unconfigure());
    }

    private static final class Configure implements Action {

        @Override
        public AgentAction id() {
            return AgentAction.CONFIGURE_TARGET_STORE;
        }

        @Override
        public String purpose(ActionArguments arguments) {
            return "remember the target on " + arguments.text("device");
        }

        @Override
        public JsonNode run(ActionArguments arguments, ActionContext context) {
            StoredTarget target = new StoredTarget(
                    arguments.text("device"),
                    arguments.text("mount_point"),
                    arguments.optionalText("backfstype").orElse(null),
                    arguments.optionalText("device_type").orElse(null));
            new ConfigStore(context.host()).put(Section.TARGETS, arguments.text("uuid"), target);
            return null;
        }
    }

    private static final class Unconfigure implements Action {

        @Override
        public AgentAction id() {
            return AgentAction.UNCONFIGURE_TARGET_STORE;
        }

        @Override
        public String purpose(ActionArguments arguments) {
            return "forget target " + arguments.text("uuid");
        }

        @Override
        public JsonNode run(ActionArguments arguments, ActionContext context) throws IOException {
            ConfigStore store = new ConfigStore(context.host());
            String uuid = arguments.text("uuid");
            Optional<StoredTarget> target = StoredTarget.find(store, uuid);
            if (target.isPresent()) {
                removeMountPoint(context, Path.of(target.get().mntpt()));
            }
            store.remove(Section.TARGETS, uuid);
            return null;
        }

        private static void removeMountPoint(ActionContext context, Path mountPoint) throws IOException {
            // somebody else's files below it are not ours to remove
            if (context.host().list(mountPoint).isEmpty()) {
                context.host().delete(mountPoint);
            }
        }
    }
}
