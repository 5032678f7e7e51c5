package io.burnish.filesystem.creation;

import io.burnish.contracts.ContractJson;
import io.burnish.contracts.ServiceName;
import io.burnish.contracts.call.CommandReply;
import io.burnish.contracts.call.CommandRequest;
import io.burnish.contracts.call.TargetClaim;
import io.burnish.contracts.fact.Fact;
import io.burnish.contracts.fact.FilesystemFact;
import io.burnish.contracts.fact.TargetFact;
import io.burnish.contracts.model.TargetKind;
import io.burnish.filesystem.filesystem.FilesystemStore;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.call.Commands;
import io.burnish.kit.call.InternalClient;
import io.burnish.kit.confparam.ParameterRequests;
import io.burnish.kit.facts.Neighbours;
import io.burnish.kit.sql.Database;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Creates a file system, its targets and the command that builds them: in the end all of it exists or nothing (ADR 5). The command is
 * the commit point; whatever dies before or after it is finished or undone by {@link #settle}.
 */
@ApplicationScoped
public class Creation {

    private static final Logger LOG = Logger.getLogger(Creation.class);

    private static final String UNIQUE_VIOLATION = "23505";

    private final Database database;
    private final FilesystemStore filesystems;
    private final InternalClient client;
    private final Commands commands;
    private final Neighbours neighbours;

    Creation(
            Database database,
            FilesystemStore filesystems,
            InternalClient client,
            Commands commands,
            Neighbours neighbours) {
        this.database = database;
        this.filesystems = filesystems;
        this.client = client;
        this.commands = commands;
        this.neighbours = neighbours;
    }

    /** What came to be; {@code targets} as the target service shows them, in distribution order. */
    record Created(long filesystemId, TargetClaim.Reply targets, CommandReply command) {}

    /** Creates; a refusal by another service leaves nothing behind. The same key again continues or repeats the answer. */
    Created create(String key, CreationForm form, String actor) {
        long id = provisional(key, form);
        try {
            TargetClaim.Reply claimed = claim(key, id, form);
            List<TargetFact> targets = claimed.targets();
            long mgt = form.mgtId() != null ? form.mgtId() : newMgt(targets);
            name(key, id, mgt);
            CommandReply reply = commands.request(request(key, id, mgt, form, targets, actor));
            confirm(key, id, targets);
            return new Created(id, claimed, reply);
        } catch (InternalClient.RefusedException e) {
            undo(key, id);
            throw FieldErrors.refused(e.refusal());
        } catch (PgException e) {
            if (!UNIQUE_VIOLATION.equals(e.getSqlState())) {
                throw e;
            }
            undo(key, id);
            throw FieldErrors.refused("mgt.name", nameTaken(form));
        }
    }

    /** Adds what the target service would refuse. Nothing is claimed; if it cannot be asked, nothing is added. */
    void checkVolumes(CreationForm form, FieldErrors errors) {
        List<TargetClaim.Wanted> named =
                form.targets().stream().filter(target -> target.volumeId() > 0).toList();
        try {
            client.send(
                    "POST",
                    ServiceName.TARGET,
                    "/internal/target-claims/check",
                    new TargetClaim("check", 0L, form.name(), named));
        } catch (InternalClient.RefusedException e) {
            errors.addAll(e.refusal());
        } catch (ApiError e) {
            LOG.infof("volumes of a request that is refused anyway are not checked: %s", e.getMessage());
        }
    }

    /** Whether another request has given this name to a file system of the same, existing MGT. */
    boolean taken(String key, CreationForm form) {
        return database.transaction(
                tx -> tx.first("""
                        SELECT id FROM filesystem
                        WHERE mgt_id = $1 AND name = $2 AND not_deleted AND creation_key IS DISTINCT FROM $3""", form.mgtId(), form.name(), key).isPresent());
    }

    static String nameTaken(CreationForm form) {
        return "A file system with name '%s' already exists for this MGT".formatted(form.name());
    }

    /** Two requests with one key share the row: the second waits for the first one's insertion. */
    private long provisional(String key, CreationForm form) {
        Row row = database.transaction(
                tx -> tx.one("""
                INSERT INTO filesystem (name, creation_key, conf_params) VALUES ($1, $2, $3::text::jsonb)
                ON CONFLICT (creation_key) DO UPDATE SET creation_key = excluded.creation_key
                RETURNING id, name""", form.name(), key, ContractJson.text((Object) form.confParams())));
        if (!row.getString(1).equals(form.name())) {
            throw FieldErrors.refused(
                    "__all__", "The idempotency key was used for file system '%s' already".formatted(row.getString(1)));
        }
        return row.getLong(0);
    }

    private TargetClaim.Reply claim(String key, long id, CreationForm form) {
        return client.post(
                ServiceName.TARGET,
                "/internal/target-claims",
                new TargetClaim(key, id, form.name(), form.targets()),
                TargetClaim.Reply.class);
    }

    private static long newMgt(List<TargetFact> targets) {
        return targets.stream()
                .filter(target -> target.kind() == TargetKind.MGT)
                .findFirst()
                .orElseThrow()
                .id();
    }

    /** From here on no other file system of this MGT can take the name. */
    private void name(String key, long id, long mgt) {
        int rows = database.transaction(
                tx -> tx.update("UPDATE filesystem SET mgt_id = coalesce(mgt_id, $2) WHERE id = $1", id, mgt));
        if (rows == 0) {
            // another request with this key was refused and has undone everything
            undo(key, id);
            throw ApiError.unavailable("The creation of the file system was given up. Try again in a few seconds.");
        }
    }

    private static CommandRequest request(
            String key, long id, long mgt, CreationForm form, List<TargetFact> targets, String actor) {
        FilesystemFact filesystem =
                new FilesystemFact(id, 1, "unavailable", false, form.name(), mgt, form.confParams());
        List<Fact> introduced = new ArrayList<>(targets);
        introduced.add(filesystem);
        return new CommandRequest(
                key,
                "Creating filesystem " + form.name(),
                List.of(new CommandRequest.Want(filesystem.ref(), "available")),
                form.hasParameters() ? List.of(ParameterRequests.applyOn(mgt, targets)) : List.of(),
                introduced,
                actor);
    }

    /** @param targets snapshots, so that the file system shows its targets at once; may be empty */
    private void confirm(String key, long id, List<TargetFact> targets) {
        client.send("POST", ServiceName.TARGET, "/internal/target-claims/" + key + "/confirm", null);
        database.run(tx -> {
            neighbours.learn(tx, targets);
            filesystems.show(tx, id);
        });
    }

    private void undo(String key, long id) {
        client.send("DELETE", ServiceName.TARGET, "/internal/target-claims/" + key, null);
        database.run(tx -> tx.update("DELETE FROM filesystem WHERE id = $1 AND NOT visible", id));
    }

    /**
     * Finishes or undoes a creation that was broken off. The key is forbidden at the command service first, so that no late request
     * can bring the command into being afterwards.
     *
     * @return whether it was completed
     */
    boolean settle(String key, long id) {
        boolean exists = commands.forbid(key).isPresent();
        if (exists) {
            confirm(key, id, List.of());
        } else {
            undo(key, id);
        }
        return exists;
    }
}
