package io.burnish.host.registration;

import io.burnish.contracts.call.CommandReply;
import io.burnish.host.secret.SecretStore;
import io.burnish.host.spi.HostRegistry;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.call.Commands;
import io.burnish.kit.call.InternalClient;
import io.burnish.kit.sql.Database;
import io.burnish.kit.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.BiConsumer;

/**
 * Brings a server and its command into being together (ADR 5): the server exists provisionally, the command is asked for, which is the
 * commit point; then the server becomes visible or goes without a trace. Whatever dies between is settled by {@link CreationKeeper}.
 */
@ApplicationScoped
class Creations {

    private final Database database;
    private final CreationStore store;
    private final HostRegistry hosts;
    private final TokenStore tokens;
    private final SecretStore secrets;
    private final Commands commands;

    Creations(
            Database database,
            CreationStore store,
            HostRegistry hosts,
            TokenStore tokens,
            SecretStore secrets,
            Commands commands) {
        this.database = database;
        this.store = store;
        this.hosts = hosts;
        this.tokens = tokens;
        this.secrets = secrets;
        this.commands = commands;
    }

    /**
     * Asks for the command and makes the server visible.
     *
     * @param also what else belongs into the transaction that does; not called if another request has completed the creation
     * @throws InternalClient.RefusedException if the command was refused; the server is gone then
     * @throws ApiError 503 or 504 if it is not known whether the command exists; that is settled later, or by repeating the request
     */
    CommandReply complete(Creation creation, BiConsumer<Tx, CommandReply> also) {
        CommandReply reply;
        try {
            reply = commands.request(creation.request());
        } catch (InternalClient.RefusedException e) {
            undo(creation);
            throw e;
        }
        confirm(creation, reply, also);
        return reply;
    }

    /** The command exists. */
    void confirm(Creation creation, CommandReply reply, BiConsumer<Tx, CommandReply> also) {
        database.run(tx -> {
            if (store.end(tx, creation)) {
                hosts.confirm(tx, creation.hostId());
                also.accept(tx, reply);
            }
        });
    }

    /** There will be no command. */
    void undo(Creation creation) {
        database.run(tx -> {
            if (store.end(tx, creation)) {
                if (!creation.taken()) {
                    hosts.discard(tx, creation.hostId());
                }
                if (creation.tokenId() != null) {
                    tokens.giveBack(tx, creation.tokenId());
                }
                secrets.forget(tx, DeploymentSecrets.owner(creation.hostId()));
            }
        });
    }
}
