package io.burnish.agent.lnet;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.agent.action.Action;
import io.burnish.agent.action.ActionArguments;
import io.burnish.agent.action.ActionContext;
import io.burnish.contracts.agent.AgentAction;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Loads, starts, stops and unloads LNet (agent contract, 7.3). */
record LnetState(AgentAction id, String purpose, Effect effect) implements Action {

    private static final String LNET = "lnet";
    // they stay as long as LNet itself is loaded
    private static final Set<String> DRIVERS = Set.of("ksocklnd", "ko2iblnd");

    static List<Action> all() {
        return List.of(
                new LnetState(AgentAction.LOAD_LNET, "load LNet", LnetState::load),
                new LnetState(AgentAction.START_LNET, "start LNet", LnetState::start),
                new LnetState(AgentAction.STOP_LNET, "stop LNet", LnetState::stop),
                new LnetState(AgentAction.UNLOAD_LNET, "unload LNet", LnetState::unload));
    }

    @Override
    public String purpose(ActionArguments arguments) {
        return purpose;
    }

    @Override
    public JsonNode run(ActionArguments arguments, ActionContext context) throws InterruptedException, IOException {
        effect.on(context);
        return null;
    }

    @FunctionalInterface
    interface Effect {
        void on(ActionContext context) throws InterruptedException, IOException;
    }

    private static void load(ActionContext context) throws InterruptedException {
        context.commands().tryRun("modprobe", LNET);
    }

    private static void start(ActionContext context) throws InterruptedException {
        context.commands().tryRun("lctl", "net", "up");
        context.commands().tryRun("modprobe", "lustre");
    }

    private static void stop(ActionContext context) throws InterruptedException, IOException {
        if (removeUsers(context, DRIVERS)) {
            context.commands().tryRun("lctl", "net", "down");
        }
    }

    private static void unload(ActionContext context) throws InterruptedException, IOException {
        if (removeUsers(context, Set.of())) {
            context.commands().tryRun("rmmod", LNET);
        }
    }

    /** Returns whether LNet is loaded at all. */
    private static boolean removeUsers(ActionContext context, Set<String> except)
            throws InterruptedException, IOException {
        KernelModules modules = KernelModules.current(context.host());
        for (String module : modules.removalOrder(LNET, except)) {
            context.commands().tryRun("rmmod", module);
        }
        return modules.loaded(LNET);
    }
}
