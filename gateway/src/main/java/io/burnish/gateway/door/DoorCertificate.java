package io.burnish.gateway.door;

import io.burnish.kit.pki.PkiDirectory;
import io.burnish.kit.pki.ServerIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;

/** The gateway's TLS certificate: made by Burnish's authority on first start, kept with the keys, made again for new names. */
@ApplicationScoped
class DoorCertificate {

    private static final Logger LOG = Logger.getLogger(DoorCertificate.class);
    private static final String FILES = "gateway";

    private final PkiDirectory pki;
    private final DoorSettings settings;

    DoorCertificate(PkiDirectory pki, DoorSettings settings) {
        this.pki = pki;
        this.settings = settings;
    }

    ServerIdentity identity() {
        return pki.server(FILES, names());
    }

    /** The public name first: it becomes the common name. */
    private List<String> names() {
        Set<String> names = new LinkedHashSet<>();
        settings.publicUrl()
                .map(URI::getHost)
                .map(DoorCertificate::withoutBrackets)
                .ifPresent(names::add);
        names.add("localhost");
        names.add("127.0.0.1");
        machine(names);
        return new ArrayList<>(names);
    }

    private static void machine(Set<String> names) {
        try {
            InetAddress machine = InetAddress.getLocalHost();
            names.add(machine.getHostName());
            names.add(machine.getCanonicalHostName());
        } catch (UnknownHostException e) {
            LOG.debugf("the machine's own name is unknown: %s", e.getMessage());
        }
    }

    /** An IPv6 address as certificates and Java write it. */
    private static String withoutBrackets(String host) {
        if (!host.startsWith("[")) {
            return host;
        }
        try {
            return InetAddress.getByName(host).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("BURNISH_PUBLIC_URL has no valid host: " + host, e);
        }
    }
}
