package io.burnish.agent;

import io.burnish.agent.report.Reporters;
import io.burnish.agent.testing.ScriptedHost;
import io.burnish.contracts.agent.AgentAction;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Looks into the complete catalogue. */
public final class ActionInventory {

    private ActionInventory() {}

    public static Set<AgentAction> missing() {
        ScriptedHost host = new ScriptedHost(Path.of("/"));
        Reporters none = new Reporters(List.of(), host, "e", AgentTimings.real().reports(), (report, began) -> {});
        return ActionCatalogues.complete(none).missing();
    }
}
