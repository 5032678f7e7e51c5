package io.burnish.agent.target;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import io.burnish.agent.action.Action;
import io.burnish.agent.action.ActionArguments;
import io.burnish.agent.action.ActionContext;
import io.burnish.agent.command.ActionFailedException;
import io.burnish.agent.config.ConfigStore;
import io.burnish.contracts.agent.AgentAction;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What the cluster's resource agent asks for (agent contract, 9.6). */
final class ResourceAgentActions {

    private ResourceAgentActions() {}

    static List<Action> all() {
        return List.of(new Mount(), new Unmount(), new Running());
    }

    private static StoredTarget known(ActionArguments arguments, ActionContext context) {
        String uuid = arguments.text("uuid");
        return StoredTarget.find(new ConfigStore(context.host()), uuid)
                .orElseThrow(() -> new ActionFailedException("target " + uuid + " is not configured on this server"));
    }

    private static final class Mount implements Action {

        @Override
        public AgentAction id() {
            return AgentAction.MOUNT_TARGET;
        }

        @Override
        public String purpose(ActionArguments arguments) {
            return "mount target " + arguments.text("uuid");
        }

        @Override
        public JsonNode run(ActionArguments arguments, ActionContext context) throws InterruptedException, IOException {
            StoredTarget target = known(arguments, context);
            TargetStorage storage = target.storage();
            importPatiently(context, target, arguments.flag("pacemaker_ha_operation"));
            try {
                new TargetMount(context, storage).mount(target.bdev(), target.mntpt());
            } catch (ActionFailedException e) {
                storage.exportDevice(context, target.bdev());
                throw e;
            }
            return null;
        }

        /** A look at the pool by the other server's agent, or by this one, can be in the way for a moment (20.14). */
        private static void importPatiently(ActionContext context, StoredTarget target, boolean ha)
                throws InterruptedException {
            int tries = ha ? context.waits().importTries() : 1;
            for (int attempt = 1; ; attempt++) {
                try {
                    target.storage().importDevice(context, target.bdev(), ha);
                    return;
                } catch (ActionFailedException e) {
                    if (attempt >= tries) {
                        throw e;
                    }
                    context.pause(context.waits().importPause());
                }
            }
        }
    }

    private static final class Unmount implements Action {

        @Override
        public AgentAction id() {
            return AgentAction.UNMOUNT_TARGET;
        }

        @Override
        public String purpose(ActionArguments arguments) {
            return "unmount target " + arguments.text("uuid");
        }

        @Override
        public JsonNode run(ActionArguments arguments, ActionContext context) throws InterruptedException, IOException {
            StoredTarget target = known(arguments, context);
            TargetStorage storage = target.storage();
            new TargetMount(context, storage).unmount(target.bdev());
            storage.exportDevice(context, target.bdev());
            return null;
        }
    }

    private static final class Running implements Action {

        @Override
        public AgentAction id() {
            return AgentAction.TARGET_RUNNING;
        }

        @Override
        public String purpose(ActionArguments arguments) {
            return "look at target " + arguments.text("uuid");
        }

        @Override
        public JsonNode run(ActionArguments arguments, ActionContext context) throws IOException {
            Optional<StoredTarget> target = StoredTarget.find(new ConfigStore(context.host()), arguments.text("uuid"));
            boolean running = target.isPresent()
                    && new TargetMount(context, target.get().storage())
                            .mountedAt(target.get().bdev(), target.get().mntpt());
            return BooleanNode.valueOf(running);
        }
    }
}
