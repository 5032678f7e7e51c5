package io.burnish.agent.copytool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.burnish.agent.action.Action;
import io.burnish.agent.action.ActionArguments;
import io.burnish.agent.action.ActionContext;
import io.burnish.agent.command.ActionFailedException;
import io.burnish.agent.config.ConfigStore;
import io.burnish.agent.config.ConfigStore.Section;
import io.burnish.contracts.agent.AgentAction;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The actions of this package (agent contract, 13.1). */
public final class CopytoolActions {

    private CopytoolActions() {}

    /** All of them. */
    public static List<Action> all() {
        return List.of(
                new Configure(),
                new Unconfigure(),
                new Running(AgentAction.START_MONITORED_COPYTOOL, true),
                new Running(AgentAction.STOP_MONITORED_COPYTOOL, false));
    }

    private static Optional<Copytool> find(ActionContext context, String id) {
        return new ConfigStore(context.host()).get(Section.COPYTOOLS, id, Copytool.class);
    }

    /** Stores the settings; a running copytool whose settings change is restarted with them. */
    private static final class Configure implements Action {

        @Override
        public AgentAction id() {
            return AgentAction.CONFIGURE_COPYTOOL;
        }

        @Override
        public String purpose(ActionArguments arguments) {
            return "configure copytool " + arguments.text("id");
        }

        @Override
        public JsonNode run(ActionArguments arguments, ActionContext context) throws InterruptedException, IOException {
            Copytool asked = Copytool.of(arguments);
            Optional<Copytool> known = find(context, asked.id());
            Copytool wanted = asked.inRun(known.map(Copytool::run).orElse(null));
            CopytoolServices services = new CopytoolServices(context);
            boolean restart = known.isPresent() && !known.get().equals(wanted) && services.installed(known.get());
            if (restart) {
                services.stop(known.get());
            }
            new ConfigStore(context.host()).put(Section.COPYTOOLS, wanted.id(), wanted);
            if (restart) {
                services.start(wanted);
            }
            return TextNode.valueOf(wanted.id());
        }
    }

    private static final class Unconfigure implements Action {

        @Override
        public AgentAction id() {
            return AgentAction.UNCONFIGURE_COPYTOOL;
        }

        @Override
        public String purpose(ActionArguments arguments) {
            return "remove copytool " + arguments.text("id");
        }

        @Override
        public JsonNode run(ActionArguments arguments, ActionContext context) throws InterruptedException, IOException {
            String id = arguments.text("id");
            Optional<Copytool> known = find(context, id);
            if (known.isPresent()) {
                new CopytoolServices(context).stop(known.get());
                new ConfigStore(context.host()).remove(Section.COPYTOOLS, id);
            }
            return null;
        }
    }

    private record Running(AgentAction id, boolean start) implements Action {

        @Override
        public String purpose(ActionArguments arguments) {
            return (start ? "start" : "stop") + " copytool " + arguments.text("id");
        }

        @Override
        public JsonNode run(ActionArguments arguments, ActionContext context) throws InterruptedException, IOException {
            String id = arguments.text("id");
            Optional<Copytool> known = find(context, id);
            if (start) {
                Copytool configured = known.orElseThrow(
                        () -> new ActionFailedException("copytool " + id + " is not configured on this server"));
                Copytool running =
                        configured.inRun(arguments.optionalText("run").orElse(configured.run()));
                new ConfigStore(context.host()).put(Section.COPYTOOLS, id, running);
                new CopytoolServices(context).start(running);
            } else if (known.isPresent()) {
                new CopytoolServices(context).stop(known.get());
            }
            return null;
        }
    }
}
