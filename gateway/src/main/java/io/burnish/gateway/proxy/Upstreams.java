package io.burnish.gateway.proxy;

import io.burnish.contracts.ServiceName;
import io.quarkus.vertx.http.HttpServer;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;
import org.eclipse.microprofile.config.Config;

/** Where the services listen, by configuration. */
@ApplicationScoped
public class Upstreams {

    private static final int HTTP = 80;

    private final Map<ServiceName, Address> addresses = new EnumMap<>(ServiceName.class);
    private final HttpServer own;

    Upstreams(Config config, HttpServer own) {
        this.own = own;
        for (ServiceName service : ServiceName.values()) {
            if (service != ServiceName.GATEWAY) {
                String property = "burnish." + service.wire() + ".url";
                addresses.put(service, address(property, config.getValue(property, URI.class)));
            }
        }
    }

    record Address(String host, int port) {}

    private static Address address(String property, URI url) {
        if (!"http".equals(url.getScheme()) || url.getHost() == null) {
            throw new IllegalArgumentException(property + " must be like http://host:port, not " + url);
        }
        return new Address(url.getHost(), url.getPort() < 0 ? HTTP : url.getPort());
    }

    /** The gateway's own resources are served at its plain port, whose number is known once it listens. */
    Address of(ServiceName service) {
        if (service == ServiceName.GATEWAY) {
            URI local = own.getLocalBaseUri();
            return new Address(local.getHost(), local.getPort());
        }
        return addresses.get(service);
    }
}
