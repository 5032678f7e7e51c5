package io.burnish.contracts.agent;

import java.util.List;

/**
 * Body of {@code POST /agent/register/<secret>/} (agent contract, 1.4).
 *
 * @param version of the agent; the major number must be the manager's
 * @param csr PEM; its common name is {@code fqdn}
 */
public record RegistrationRequest(
        String address, String fqdn, String nodename, String version, List<String> capabilities, String csr) {}
