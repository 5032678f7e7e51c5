package io.burnish.target.claim;

import io.burnish.contracts.ServiceName;
import io.burnish.contracts.call.CommandReply;
import io.burnish.contracts.call.CommandRequest;
import io.burnish.contracts.call.TargetClaim;
import io.burnish.contracts.fact.Fact;
import io.burnish.contracts.fact.TargetFact;
import io.burnish.kit.call.Commands;
import io.burnish.kit.call.InternalClient;
import io.burnish.kit.confparam.ParameterRequests;
import io.burnish.kit.sql.Database;
import io.burnish.kit.sql.RegularWork;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Targets that this service's own API creates, with the command that builds them: both or neither (ADR 5). */
@ApplicationScoped
public class TargetCreation {

    private static final Logger LOG = Logger.getLogger(TargetCreation.class);
    private static final Duration PAUSE = Duration.ofSeconds(10);
    /** Another service settles its claims itself, but it can have lost them: it is given this many times as long. */
    private static final int PATIENCE_WITH_OTHERS = 10;

    private final Database database;
    private final Claims claims;
    private final Commands commands;
    private final Duration abandonedAfter;
    private final RegularWork work = new RegularWork("abandoned-targets", PAUSE, this::sweep);

    TargetCreation(
            Database database,
            Claims claims,
            Commands commands,
            @ConfigProperty(name = "burnish.target.abandoned-after") Duration abandonedAfter) {
        this.database = database;
        this.claims = claims;
        this.commands = commands;
        this.abandonedAfter = abandonedAfter;
    }

    /** What came to be. */
    public record Created(TargetClaim.Reply targets, CommandReply command) {}

    /**
     * Creates targets and starts their command, which also applies their parameters.
     *
     * @param mgt of their file system; {@code null} for MGTs
     * @throws ClaimRefused if a volume cannot be had
     * @throws InternalClient.RefusedException if the command cannot be planned; nothing remains then
     */
    public Created create(TargetClaim claim, Long mgt, String actor) {
        TargetClaim.Reply claimed = database.transaction(tx -> claims.claim(tx, claim, ServiceName.TARGET));
        List<TargetFact> targets = claimed.targets();
        String message = targets.size() == 1
                ? "Creating " + targets.getFirst().label()
                : "Creating " + targets.size() + " targets";
        try {
            CommandReply reply = commands.request(new CommandRequest(
                    claim.key(),
                    message,
                    targets.stream()
                            .map(target -> new CommandRequest.Want(target.ref(), "mounted"))
                            .toList(),
                    parameters(claim, mgt, targets),
                    new ArrayList<Fact>(targets),
                    actor));
            database.run(tx -> claims.confirm(tx, claim.key()));
            return new Created(claimed, reply);
        } catch (InternalClient.RefusedException e) {
            database.run(tx -> claims.release(tx, claim.key()));
            throw e;
        }
    }

    private static List<CommandRequest.JobWant> parameters(TargetClaim claim, Long mgt, List<TargetFact> targets) {
        boolean any = claim.targets().stream()
                .anyMatch(wanted -> wanted.confParams() != null
                        && wanted.confParams().properties().stream()
                                .anyMatch(entry -> !entry.getValue().isNull()));
        return any ? List.of(ParameterRequests.applyOn(mgt, targets)) : List.of();
    }

    void start(@Observes StartupEvent startup) {
        work.start();
    }

    void stop(@Observes ShutdownEvent shutdown) {
        work.stop();
    }

    /** Finishes or undoes what a creation that died has left. */
    void sweep() {
        List<String> keys = database.transaction(tx -> {
            List<String> found = new ArrayList<>();
            tx.query("""
                            SELECT DISTINCT claim_key FROM target WHERE NOT visible
                                AND created_at < now() - $2::text::interval * (CASE claimed_by WHEN $1 THEN 1 ELSE $3 END)""", ServiceName.TARGET.wire(), abandonedAfter.toString(), PATIENCE_WITH_OTHERS)
                    .forEach(row -> found.add(row.getString(0)));
            return found;
        });
        for (String key : keys) {
            boolean exists = commands.forbid(key).isPresent();
            database.run(tx -> {
                if (exists) {
                    claims.confirm(tx, key);
                } else {
                    claims.release(tx, key);
                }
            });
            LOG.infof("a creation of targets that had been broken off was %s", exists ? "completed" : "undone");
        }
    }
}
