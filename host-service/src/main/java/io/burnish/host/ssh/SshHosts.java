package io.burnish.host.ssh;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.contracts.ContractJson;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Where names lead: a file ({@code BURNISH_SSH_HOSTS_FILE}, JSON {@code {"mds1.lab.example": "127.0.0.1:2201"}}, read at each use, for
 * whoever makes servers rewrites it), else DNS.
 */
@ApplicationScoped
public class SshHosts {

    private static final Logger LOG = Logger.getLogger(SshHosts.class);

    private final Optional<Path> file;

    SshHosts(@ConfigProperty(name = "burnish.ssh.hosts-file") Optional<Path> file) {
        this.file = file;
    }

    /** The socket address of a name and port; empty if nobody knows the name. */
    public Optional<InetSocketAddress> resolve(String host, int port) {
        return listed(host).or(() -> looked(host, port));
    }

    private Optional<InetSocketAddress> listed(String host) {
        return file.filter(Files::exists).flatMap(path -> {
            try {
                JsonNode entry = ContractJson.read(Files.readString(path), JsonNode.class)
                        .path(host);
                return entry.isTextual() ? socket(entry.asText()) : Optional.empty();
            } catch (IOException | RuntimeException e) {
                LOG.warnf("the file of SSH addresses %s cannot be read, DNS is asked: %s", path, e.getMessage());
                return Optional.empty();
            }
        });
    }

    private static Optional<InetSocketAddress> socket(String entry) {
        int colon = entry.lastIndexOf(':');
        return looked(entry.substring(0, colon), Integer.parseInt(entry.substring(colon + 1)));
    }

    private static Optional<InetSocketAddress> looked(String host, int port) {
        try {
            return Optional.of(new InetSocketAddress(InetAddress.getByName(host), port));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
