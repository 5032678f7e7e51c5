package io.burnish.agent.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.agent.AgentTimings;
import io.burnish.agent.Life;
import io.burnish.agent.NamedLocks;
import io.burnish.agent.action.Action;
import io.burnish.agent.action.ActionCatalogue;
import io.burnish.agent.action.AgentExit;
import io.burnish.agent.action.LocalAction;
import io.burnish.agent.action.RunnerSettings;
import io.burnish.agent.system.HostSystem;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.agent.ActionOutcome;
import java.util.ArrayList;
import java.util.List;

/** Runs single actions of a feature on a scripted server. */
public final class Actions {

    /** A thousand times faster than on a real server. */
    public static final AgentTimings FAST = AgentTimings.real().faster(1000);

    private final LocalAction local;
    private final List<AgentExit.Reason> exits;

    private Actions(LocalAction local, List<AgentExit.Reason> exits) {
        this.local = local;
        this.exits = exits;
    }

    public static Actions of(List<Action> actions, HostSystem host) {
        List<AgentExit.Reason> exits = new ArrayList<>();
        RunnerSettings settings = new RunnerSettings(host, FAST, new Life(), exits::add, new NamedLocks());
        return new Actions(new LocalAction(new ActionCatalogue(actions), settings), exits);
    }

    /** How actions ended the agent. */
    public List<AgentExit.Reason> exits() {
        return exits;
    }

    /** Runs an action; quotes in the arguments may be single. */
    public ActionOutcome run(String name, String arguments) {
        return local.run(name, ContractJson.read(arguments.replace('\'', '"'), ObjectNode.class))
                .orElseThrow();
    }

    /** Runs an action that must succeed, and returns its result. */
    public JsonNode succeed(String name, String arguments) {
        ActionOutcome outcome = run(name, arguments);
        assertThat(outcome).isInstanceOf(ActionOutcome.Succeeded.class);
        return ((ActionOutcome.Succeeded) outcome).result();
    }

    /** Runs an action that must fail, and returns the sentence. */
    public String fail(String name, String arguments) {
        ActionOutcome outcome = run(name, arguments);
        assertThat(outcome).isInstanceOf(ActionOutcome.Failed.class);
        return ((ActionOutcome.Failed) outcome).error();
    }

    public static JsonNode json(String text) {
        return ContractJson.read(text.replace('\'', '"'), JsonNode.class);
    }
}
