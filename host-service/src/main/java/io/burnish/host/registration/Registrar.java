package io.burnish.host.registration;

import io.burnish.contracts.agent.RegistrationReply;
import io.burnish.contracts.agent.RegistrationRequest;
import io.burnish.contracts.call.CommandReply;
import io.burnish.contracts.call.CommandRequest;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.host.hub.HubSettings;
import io.burnish.host.spi.HostRegistry;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.call.InternalClient;
import io.burnish.kit.sql.Database;
import io.burnish.kit.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Registers servers (agent contract, 1.4): a credit of the token, a certificate, the server's object and the command that sets it up, once
 * per request, whatever is repeated and whoever dies between.
 *
 * <p>A server that is being deployed over SSH brings the token of its deployment: it exists already, and so does its command. A server
 * that has registered but never connected may register again: it died before it had its certificate.
 */
@ApplicationScoped
class Registrar {

    private final Database database;
    private final TokenStore tokens;
    private final CreationStore store;
    private final Creations creations;
    private final Admission admission;
    private final Certification certification;
    private final HostRegistry hosts;
    private final HubSettings hub;

    Registrar(
            Database database,
            TokenStore tokens,
            CreationStore store,
            Creations creations,
            Admission admission,
            Certification certification,
            HostRegistry hosts,
            HubSettings hub) {
        this.database = database;
        this.tokens = tokens;
        this.store = store;
        this.creations = creations;
        this.admission = admission;
        this.certification = certification;
        this.hosts = hosts;
        this.hub = hub;
    }

    /** How far a request has come in its first transaction. */
    private sealed interface Stage {
        /** It is answered. */
        record Answered(RegistrationReply reply) implements Stage {}

        /** The command has to be asked for. */
        record Begun(Creation creation) implements Stage {}
    }

    /**
     * Registers the server that asks.
     *
     * @throws RegistrationRefused with the answer
     * @throws ApiError 503 or 504: the same request again is no harm
     */
    RegistrationReply register(String secret, byte[] body) {
        Optional<RegistrationRequest> request = RegistrationBody.read(body);
        Stage stage = database.transaction(tx -> {
            store.one(tx);
            return begin(tx, secret, request);
        });
        return switch (stage) {
            case Stage.Answered(RegistrationReply reply) -> reply;
            case Stage.Begun(Creation creation) -> complete(creation);
        };
    }

    private Stage begin(Tx tx, String secret, Optional<RegistrationRequest> read) {
        Optional<String> identity = read.flatMap(request -> Certification.identity(secret, request));
        Optional<Stage> earlier = identity.flatMap(id -> earlier(tx, id));
        if (earlier.isPresent()) {
            return earlier.get();
        }
        TokenStore.Token token = tokens.spend(tx, secret).orElseThrow(RegistrationRefused::token);
        RegistrationRequest request = read.orElseThrow(
                () -> RegistrationRefused.text("The body is not the JSON object that an agent registers with."));
        admission.check(request);
        X509Certificate certificate = certification.sign(request);
        String id = identity.orElseThrow(RegistrationRefused::silently);
        Optional<HostRegistry.KnownHost> known = hosts.byFqdn(tx, request.fqdn());
        Optional<Long> present = admission.present(tx, token, request, known);
        return present.<Stage>map(
                        hostId -> new Stage.Answered(answer(tx, hostId, token.commandId(), id, request, certificate)))
                .orElseGet(() -> new Stage.Begun(create(tx, token, request, id)));
    }

    private Optional<Stage> earlier(Tx tx, String identity) {
        return certification
                .answered(tx, identity)
                .<Stage>map(answered -> new Stage.Answered(reply(answered)))
                .or(() -> store.ofRegistration(tx, identity).map(Stage.Begun::new));
    }

    private Creation create(Tx tx, TokenStore.Token token, RegistrationRequest request, String identity) {
        String address = request.address() == null || request.address().isBlank() ? request.fqdn() : request.address();
        HostRegistry.Registered registered = hosts.register(
                tx, new HostRegistry.Registration(address, request.fqdn(), request.nodename(), token.profile()));
        CommandRequest command = new CommandRequest(
                UUID.randomUUID().toString(),
                "Setting up host " + request.fqdn(),
                List.of(new CommandRequest.Want(ObjectRef.host(registered.hostId()), registered.wantedState())),
                List.of(),
                registered.introduced(),
                "registration token " + token.id());
        Creation creation =
                new Creation(registered.hostId(), registered.taken(), token.id(), identity, command, request);
        store.begin(tx, creation);
        return creation;
    }

    private RegistrationReply complete(Creation creation) {
        try {
            creations.complete(creation, (tx, command) -> certify(tx, creation, command));
        } catch (InternalClient.RefusedException e) {
            throw RegistrationRefused.text(
                    "The manager cannot set this server up: " + e.refusal().message());
        }
        return database.transaction(tx -> certification.answered(tx, creation.registration()))
                .map(this::reply)
                .orElseThrow(() ->
                        ApiError.unavailable("The registration was given up before it was answered. Register again."));
    }

    /** Completes a creation that was left behind; a repeated registration then finds its answer. */
    void settle(Creation creation, CommandReply command) {
        creations.confirm(creation, command, (tx, reply) -> {
            if (creation.certified() != null) {
                certify(tx, creation, reply);
            }
        });
    }

    private void certify(Tx tx, Creation creation, CommandReply command) {
        RegistrationRequest request = creation.certified();
        answer(
                tx,
                creation.hostId(),
                command.commandId(),
                creation.registration(),
                request,
                certification.sign(request));
    }

    private RegistrationReply answer(
            Tx tx,
            long hostId,
            Long commandId,
            String identity,
            RegistrationRequest request,
            X509Certificate certificate) {
        return reply(certification.keep(tx, hostId, commandId, identity, request.fqdn(), certificate));
    }

    private RegistrationReply reply(Certification.Answered answered) {
        return new RegistrationReply(answered.hostId(), answered.commandId(), answered.certificate(), hub.url());
    }
}
