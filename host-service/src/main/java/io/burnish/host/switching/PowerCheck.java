package io.burnish.host.switching;

import io.burnish.host.fence.FenceProgram;
import io.burnish.host.fence.FenceResult;
import io.burnish.host.fence.FenceTemplate;
import io.burnish.host.fence.Purpose;
import io.burnish.kit.sql.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jboss.logging.Logger;

/**
 * Asks a device how it is (orchestration 13.1): a unit whether it answers, and which of its outlets have power; each BMC the same of itself.
 * Whoever does not answer has outlets of which nothing is known: old knowledge is none.
 */
@ApplicationScoped
class PowerCheck {

    private static final Logger LOG = Logger.getLogger(PowerCheck.class);

    private static final int BMCS_AT_A_TIME = 8;

    private final Database database;
    private final Supplies supplies;
    private final FenceProgram agents;
    private final OneAtATime turns;

    PowerCheck(Database database, Supplies supplies, FenceProgram agents, OneAtATime turns) {
        this.database = database;
        this.supplies = supplies;
        this.agents = agents;
        this.turns = turns;
    }

    /** Asks and writes down the answers. Blocks. */
    void run(long deviceId) throws InterruptedException {
        Optional<Supply> supply = database.transaction(tx -> supplies.find(tx, deviceId));
        if (supply.isEmpty()) {
            return;
        }
        if (supply.get().ofBmcs()) {
            bmcs(supply.get());
        } else {
            unit(supply.get());
        }
    }

    private void unit(Supply supply) throws InterruptedException {
        turns.with(supply, null, () -> {
            FenceResult answer = ask(supply, Purpose.MONITOR, "");
            List<Supplies.Look> looks = answer.ok() ? looks(supply) : unknown(supply);
            boolean news = database.transaction(tx -> supplies.seen(tx, supply, answer.ok(), looks));
            if (news && answer.ok()) {
                LOG.infof("%s answers again", supply);
            } else if (news) {
                LOG.warnf("%s does not answer: %s", supply, answer.why());
            }
            return null;
        });
    }

    private static List<Supplies.Look> unknown(Supply supply) {
        return supply.outlets().stream()
                .map(outlet -> new Supplies.Look(outlet, null, true))
                .toList();
    }

    /** One question for all outlets where the agent knows it, then one for each that is left. */
    private List<Supplies.Look> looks(Supply supply) throws InterruptedException {
        Map<String, Boolean> listed =
                supply.can(Purpose.LIST) ? ask(supply, Purpose.LIST, "").powers() : Map.of();
        List<Supplies.Look> looks = new ArrayList<>();
        for (Supply.Outlet outlet : supply.outlets()) {
            Boolean power = listed.get(outlet.identifier());
            looks.add(new Supplies.Look(outlet, power != null ? power : query(supply, outlet), true));
        }
        return looks;
    }

    private Boolean query(Supply supply, Supply.Outlet outlet) throws InterruptedException {
        return ask(supply, Purpose.QUERY, outlet.identifier()).power().orElse(null);
    }

    /** One that does not answer takes long to say so: the others do not wait for it. */
    private void bmcs(Supply supply) throws InterruptedException {
        List<Callable<Void>> checks = new ArrayList<>();
        for (Supply.Outlet bmc : supply.outlets()) {
            checks.add(() -> {
                bmc(supply, bmc);
                return null;
            });
        }
        try (ExecutorService threads =
                Executors.newFixedThreadPool(BMCS_AT_A_TIME, Thread.ofVirtual().factory())) {
            for (Future<Void> check : threads.invokeAll(checks)) {
                if (check.state() == Future.State.FAILED) {
                    LOG.warnf(
                            "a BMC of %s was not asked: %s",
                            supply, check.exceptionNow().getMessage());
                }
            }
        }
    }

    private void bmc(Supply supply, Supply.Outlet bmc) throws InterruptedException {
        turns.with(supply, bmc, () -> {
            FenceResult answer = ask(supply, Purpose.MONITOR, bmc.identifier());
            Boolean power = answer.ok() ? query(supply, bmc) : null;
            boolean was = database.transaction(
                    tx -> tx.first("SELECT monitored FROM power_control_device_outlet WHERE id = $1", bmc.id())
                            .map(row -> row.getBoolean(0))
                            .orElse(answer.ok()));
            database.run(tx -> supplies.seen(tx, supply, true, List.of(new Supplies.Look(bmc, power, answer.ok()))));
            if (was && !answer.ok()) {
                LOG.warnf("the BMC %s does not answer: %s", bmc.identifier(), answer.why());
            }
            return null;
        });
    }

    private FenceResult ask(Supply supply, Purpose purpose, String identifier) throws InterruptedException {
        try {
            return agents.run(supply.call(purpose, identifier));
        } catch (FenceTemplate.Malformed e) {
            return new FenceResult.NotRun("its type's " + purpose.column() + " does not fit: " + e.getMessage());
        }
    }
}
