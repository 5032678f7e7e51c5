package io.burnish.agent.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.agent.action.Action;
import io.burnish.agent.action.ActionArguments;
import io.burnish.agent.action.ActionContext;
import io.burnish.agent.action.AgentExit;
import io.burnish.agent.config.ConfigStore.Section;
import io.burnish.contracts.agent.AgentAction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The actions of this package: what concerns the agent itself. */
public final class ConfigActions {

    private static final String SERVICE = "chroma-agent";

    private ConfigActions() {}

    /** All of them. */
    public static List<Action> all() {
        return List.of(new UpdateProfile(), new RestartAgent(), new Deregister());
    }

    /** Stores the profile and installs or removes what managing a server needs (agent contract, 8.2). */
    private static final class UpdateProfile implements Action {

        private static final Path REPOSITORIES = Path.of("/etc/yum.repos.d");
        private static final String REPOSITORY = "iml-agent";
        private static final String PACKAGE = "chroma-agent-management";

        @Override
        public AgentAction id() {
            return AgentAction.UPDATE_PROFILE;
        }

        @Override
        public String purpose(ActionArguments arguments) {
            return "set its profile";
        }

        @Override
        public JsonNode run(ActionArguments arguments, ActionContext context) throws InterruptedException, IOException {
            ConfigStore store = new ConfigStore(context.host());
            JsonNode profile = arguments.raw("profile");
            boolean managed = AgentProfile.of(profile).managed();
            if (managed != store.profile().managed() && packaged(context)) {
                context.commands()
                        .tryRun("dnf", managed ? "install" : "remove", "-y", "--enablerepo=" + REPOSITORY, PACKAGE);
            }
            store.put(Section.SETTINGS, "profile", profile);
            return null;
        }

        /** Only where the manager offers that package at all. */
        private static boolean packaged(ActionContext context) throws IOException {
            for (String file : context.host().list(REPOSITORIES)) {
                String text = context.host().read(REPOSITORIES.resolve(file)).orElse("");
                if (text.contains("[" + REPOSITORY + "]")) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Restarts the agent's service, after the answer. */
    private static final class RestartAgent implements Action.ActsAfterAnswer {

        @Override
        public AgentAction id() {
            return AgentAction.RESTART_AGENT;
        }

        @Override
        public String purpose(ActionArguments arguments) {
            return "restart its agent";
        }

        @Override
        public JsonNode run(ActionArguments arguments, ActionContext context) {
            return null;
        }

        @Override
        public void act(ActionArguments arguments, ActionContext context) throws InterruptedException {
            if (context.commands().runIfInstalled("service", SERVICE, "restart").isEmpty()) {
                context.commands().tryRun("systemctl", "restart", SERVICE);
            }
        }

        @Override
        public boolean stillWanted(boolean rebooted) {
            // whoever asks this is the restarted agent
            return false;
        }
    }

    /** Forgets the manager; after the answer the service is disabled and the agent ends. */
    private static final class Deregister implements Action.ActsAfterAnswer {

        @Override
        public AgentAction id() {
            return AgentAction.DEREGISTER_SERVER;
        }

        @Override
        public String purpose(ActionArguments arguments) {
            return "deregister";
        }

        @Override
        public JsonNode run(ActionArguments arguments, ActionContext context) {
            new ConfigStore(context.host()).remove(Section.SETTINGS, "server");
            return null;
        }

        @Override
        public void act(ActionArguments arguments, ActionContext context) throws InterruptedException {
            context.commands().runIfInstalled("systemctl", "disable", SERVICE);
            context.agentExit().exit(AgentExit.Reason.DEREGISTERED);
        }

        @Override
        public boolean stillWanted(boolean rebooted) {
            return true;
        }
    }
}
