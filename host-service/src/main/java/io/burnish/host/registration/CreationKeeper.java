package io.burnish.host.registration;

import io.burnish.contracts.call.CommandReply;
import io.burnish.host.secret.SecretStore;
import io.burnish.kit.call.Commands;
import io.burnish.kit.sql.Database;
import io.burnish.kit.sql.RegularWork;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Settles creations that were left behind by a crash or by a command service that did not answer: their key is forbidden, and if there
 * is a command already the creation is completed, else undone.
 */
@ApplicationScoped
class CreationKeeper {

    private static final Logger LOG = Logger.getLogger(CreationKeeper.class);
    /** Credentials of a connection test that was never run are forgotten after this time. */
    private static final Duration UNUSED = Duration.ofDays(1);

    private final Database database;
    private final CreationStore store;
    private final Creations creations;
    private final Registrar registrar;
    private final Commands commands;
    private final SecretStore secrets;
    private final Duration age;
    private final RegularWork work;

    CreationKeeper(
            Database database,
            CreationStore store,
            Creations creations,
            Registrar registrar,
            Commands commands,
            SecretStore secrets,
            @ConfigProperty(name = "burnish.registration.settle-after") Duration age) {
        this.database = database;
        this.store = store;
        this.creations = creations;
        this.registrar = registrar;
        this.commands = commands;
        this.secrets = secrets;
        this.age = age;
        work = new RegularWork("creations", age.dividedBy(2), this::settleAll);
    }

    void start(@Observes StartupEvent startup) {
        work.start();
    }

    void stop(@Observes ShutdownEvent shutdown) {
        work.stop();
    }

    private void settleAll() {
        database.transaction(tx -> store.leftBehind(tx, age)).forEach(this::settle);
        database.run(tx -> secrets.forgetOld(tx, DeploymentSecrets.TESTS, UNUSED));
    }

    private void settle(Creation creation) {
        try {
            Optional<CommandReply> command = commands.forbid(creation.key());
            if (command.isPresent()) {
                registrar.settle(creation, command.get());
            } else {
                creations.undo(creation);
            }
            LOG.infof(
                    "the creation of server %d was %s after an interruption",
                    creation.hostId(), command.isPresent() ? "completed" : "undone");
        } catch (RuntimeException e) {
            LOG.warnf("the creation of server %d is not settled yet: %s", creation.hostId(), e.getMessage());
        }
    }
}
