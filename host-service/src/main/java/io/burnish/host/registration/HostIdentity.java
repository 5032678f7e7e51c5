package io.burnish.host.registration;

import io.burnish.host.ssh.SshAddress;
import io.burnish.host.ssh.SshConnection;
import io.burnish.host.ssh.SshConnections;
import io.burnish.host.ssh.SshCredentials;
import io.burnish.host.ssh.SshFailure;
import io.burnish.host.ssh.SshResult;
import io.burnish.kit.api.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Asks a server over SSH for its names, before it is added (API contract, core 2.15). */
@ApplicationScoped
class HostIdentity {

    private static final Duration LOGIN = Duration.ofSeconds(10);
    private static final Duration COMMAND = Duration.ofSeconds(20);

    private final SshConnections ssh;

    HostIdentity(SshConnections ssh) {
        this.ssh = ssh;
    }

    /** How a server calls itself. */
    record Names(String fqdn, String nodename) {}

    /**
     * The server's names.
     *
     * @throws ApiError 400 with the reason if it cannot be asked or has none
     */
    Names ask(SshAddress address, SshCredentials credentials) {
        try (SshConnection connection = ssh.open(address, credentials, LOGIN)) {
            return new Names(
                    name(address, connection.run("hostname -f", COMMAND)),
                    name(address, connection.run("hostname", COMMAND)));
        } catch (SshFailure e) {
            throw ApiError.plainField("error", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ApiError.unavailable("The host service is stopping. Try again in a few seconds.");
        }
    }

    private static String name(SshAddress address, SshResult result) {
        String name = result.stdout().strip();
        if (!result.ok() || !RegistrationBody.name(name) || name.startsWith("localhost")) {
            throw ApiError.plainField(
                    "error",
                    "%s has no usable host name (status %d, '%s' %s). Set its host name and make it resolvable, then try again."
                            .formatted(
                                    address.endpoint(),
                                    result.rc(),
                                    name,
                                    result.stderr().strip()));
        }
        return name;
    }
}
