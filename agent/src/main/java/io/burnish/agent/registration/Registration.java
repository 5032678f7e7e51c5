package io.burnish.agent.registration;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.burnish.agent.config.ConfigStore;
import io.burnish.agent.config.ConfigStore.Section;
import io.burnish.agent.system.CommandLine;
import io.burnish.agent.system.CommandResult;
import io.burnish.agent.system.HostSystem;
import io.burnish.agent.system.linux.LinuxFiles;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.agent.RegistrationReply;
import io.burnish.contracts.agent.RegistrationRequest;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Registers a server with its manager (agent contract, 1.3, 1.4 and 1.7): makes key and signing request on the server, sends the request
 * with the one-time secret, keeps the certificate. The manager is verified against the authority that the caller gives. The private key
 * never leaves the server.
 */
public final class Registration {

    private static final Set<String> NO_NAMES = Set.of("localhost", "localhost.localdomain");
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final int OWNER_ONLY = 0600;
    private static final int CREATED = 201;

    private final HostSystem host;
    private final Vertx vertx;
    private final String version;

    /** Registrations of a server by an agent of that version. */
    public Registration(HostSystem host, Vertx vertx, String version) {
        this.host = host;
        this.vertx = vertx;
        this.version = version;
    }

    /**
     * How to register.
     *
     * @param manager base address, {@code https://manager/}
     * @param secret of a registration token
     * @param authority certificate of the manager's authority, PEM
     * @param address under which the manager reaches this server; {@code null}: the server's name
     */
    public record Order(URI manager, String secret, String authority, String address) {

        URI registrationUrl() {
            String base = manager.toString().endsWith("/") ? manager.toString() : manager + "/";
            return URI.create(base + "agent/register/" + secret + "/");
        }
    }

    /**
     * Registers.
     *
     * @throws RegistrationException if the server or the manager refuses
     */
    public RegistrationReply register(Order order) throws IOException, InterruptedException {
        HostSystem.HostNames names = host.names();
        if (NO_NAMES.contains(names.fqdn())) {
            throw new RegistrationException("this server has no name of its own (" + names.fqdn()
                    + "): set its host name and make it resolvable, then try again");
        }
        Identity identity = new Identity(host.stateDirectory());
        LinuxFiles.write(identity.authority(), order.authority(), OWNER_ONLY);
        LinuxFiles.delete(identity.certificate());
        String csr = signingRequest(identity, names.fqdn());
        String address = Optional.ofNullable(order.address()).orElse(names.fqdn());
        RegistrationRequest request =
                new RegistrationRequest(address, names.fqdn(), names.nodename(), version, List.of(), csr);
        RegistrationReply reply = post(identity, order, request);
        LinuxFiles.write(identity.certificate(), reply.certificate(), OWNER_ONLY);
        new ConfigStore(host)
                .put(
                        Section.SETTINGS,
                        "server",
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("url", order.manager().toString())
                                .put("hub_url", reply.hubUrl()));
        return reply;
    }

    private String signingRequest(Identity identity, String fqdn) throws IOException, InterruptedException {
        // there before openssl writes it, so that it never is more readable than this
        LinuxFiles.write(identity.key(), "", OWNER_ONLY);
        run(CommandLine.of("openssl", "genrsa", "-out", identity.key().toString(), "2048"));
        CommandResult request = run(CommandLine.of(
                "openssl",
                "req",
                "-new",
                "-sha256",
                "-subj",
                "/CN=" + fqdn,
                "-key",
                identity.key().toString()));
        return request.stdout();
    }

    private CommandResult run(CommandLine line) throws InterruptedException {
        CommandResult result = host.run(line.within(LIMIT));
        if (!result.ok()) {
            throw new RegistrationException("'" + line + "' failed with exit status " + result.rc() + ": "
                    + result.stderr().strip());
        }
        return result;
    }

    private RegistrationReply post(Identity identity, Order order, RegistrationRequest request)
            throws InterruptedException {
        HttpClient client = vertx.createHttpClient(new HubTls(identity).registering());
        try {
            Answer answer = client.request(new RequestOptions()
                            .setMethod(HttpMethod.POST)
                            .setAbsoluteURI(order.registrationUrl().toString()))
                    .compose(sending -> sending.putHeader("Content-Type", "application/json")
                            .send(Buffer.buffer(ContractJson.write(request))))
                    .compose(
                            response -> response.body().map(body -> new Answer(response.statusCode(), body.toString())))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            return accepted(answer, order.manager());
        } catch (ExecutionException e) {
            throw new RegistrationException("cannot reach the manager at " + order.manager() + ": "
                    + e.getCause().getMessage());
        } catch (TimeoutException e) {
            throw new RegistrationException(
                    "the manager at " + order.manager() + " did not answer within " + LIMIT.toSeconds() + " s");
        } finally {
            client.close();
        }
    }

    private record Answer(int status, String body) {}

    private static RegistrationReply accepted(Answer answer, URI manager) {
        return switch (answer.status()) {
            case CREATED -> ContractJson.read(answer.body(), RegistrationReply.class);
            case 403 ->
                throw new RegistrationException("the manager at " + manager
                        + " refused the registration token: it is unknown, used up, cancelled or expired");
            default ->
                throw new RegistrationException("the manager at " + manager + " refused the registration with"
                        + " status " + answer.status() + ": " + answer.body());
        };
    }
}
