package io.burnish.host.switching;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.host.fence.FenceProgram;
import io.burnish.host.fence.FenceResult;
import io.burnish.host.fence.FenceTemplate;
import io.burnish.host.fence.Purpose;
import io.burnish.kit.execution.LocalActivity;
import io.burnish.kit.sql.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Switches everything that feeds a server, one outlet after the other (orchestration 4.9). What one outlet does, does not keep the others from
 * being switched; if one fails, the whole fails and says which. An outlet whose command failed is in an unknown state.
 */
@ApplicationScoped
class SwitchOutlets implements LocalActivity {

    static final String NAME = "switch-outlets";

    private final Database database;
    private final Supplies supplies;
    private final FenceProgram agents;
    private final OneAtATime turns;

    SwitchOutlets(Database database, Supplies supplies, FenceProgram agents, OneAtATime turns) {
        this.database = database;
        this.supplies = supplies;
        this.agents = agents;
        this.turns = turns;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** {@code {"host_id", "host", "on"}}; gives the outlets that it has switched, as sentences' ends. */
    @Override
    public JsonNode run(ObjectNode args) throws ActivityFailure, InterruptedException {
        String host = args.path("host").asText();
        boolean on = args.path("on").asBoolean();
        List<Supplies.Feed> feeds = database.transaction(
                tx -> supplies.feeding(tx, args.path("host_id").asLong()));
        if (feeds.isEmpty()) {
            throw new ActivityFailure(
                    "No outlet feeds %s: its power cannot be switched. Assign its outlets first.".formatted(host),
                    null);
        }
        ArrayNode done = JsonNodeFactory.instance.arrayNode();
        List<String> failures = new ArrayList<>();
        for (Supplies.Feed feed : feeds) {
            Optional<Supply> supply = database.transaction(tx -> supplies.find(tx, feed.deviceId()));
            Optional<Supply.Outlet> outlet = supply.flatMap(found -> found.outlets().stream()
                    .filter(one -> one.id() == feed.outletId())
                    .findFirst());
            if (outlet.isPresent()) {
                String where = outlet.get().identifier()
                        + (supply.get().ofBmcs() ? "" : " of " + supply.get().name());
                FenceResult result = toggle(supply.get(), outlet.get(), on);
                if (result.ok()) {
                    done.add(where);
                } else {
                    failures.add(where + ": " + result.why());
                }
            }
        }
        if (!failures.isEmpty()) {
            throw new ActivityFailure(
                    "Power of %s was not switched %s everywhere. Failed: outlet %s. Switched: %s. Check the power control device and its credentials."
                            .formatted(
                                    host,
                                    on ? "on" : "off",
                                    String.join("; outlet ", failures),
                                    done.isEmpty() ? "none" : done),
                    null);
        }
        return done;
    }

    private FenceResult toggle(Supply supply, Supply.Outlet outlet, boolean on) throws InterruptedException {
        return turns.with(supply, outlet, () -> {
            FenceResult result;
            try {
                result = agents.run(supply.call(on ? Purpose.POWER_ON : Purpose.POWER_OFF, outlet.identifier()));
            } catch (FenceTemplate.Malformed e) {
                result = new FenceResult.NotRun("its type's template does not fit: " + e.getMessage());
            }
            Boolean power = result.ok() ? on : null;
            database.run(tx -> supplies.switched(tx, outlet.id(), power));
            return result;
        });
    }
}
