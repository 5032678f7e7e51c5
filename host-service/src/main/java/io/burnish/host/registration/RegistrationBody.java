package io.burnish.host.registration;

import io.burnish.contracts.ContractJson;
import io.burnish.contracts.MalformedMessageException;
import io.burnish.contracts.agent.RegistrationRequest;
import io.burnish.host.ssh.SshAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a server sends to register. */
final class RegistrationBody {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._-]{0,252}[A-Za-z0-9])?");

    private RegistrationBody() {}

    /** The request; empty if the body is none, or names in it could not be those of a server. */
    static Optional<RegistrationRequest> read(byte[] body) {
        try {
            RegistrationRequest request = ContractJson.read(body, RegistrationRequest.class);
            boolean sound = request != null
                    && name(request.fqdn())
                    && name(request.nodename())
                    && request.csr() != null
                    && (request.address() == null || request.address().isBlank() || address(request.address()));
            return sound ? Optional.of(request) : Optional.empty();
        } catch (MalformedMessageException e) {
            return Optional.empty();
        }
    }

    static boolean name(String text) {
        return text != null && NAME.matcher(text).matches();
    }

    static boolean address(String text) {
        return SshAddress.parse(text).isPresent() || text.matches("[0-9A-Fa-f:.%]{2,64}");
    }
}
