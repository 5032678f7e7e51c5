package io.burnish.host.registration;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How servers address the manager ({@code BURNISH_PUBLIC_URL}). */
@ApplicationScoped
class PublicAddress {

    private static final int HTTPS = 443;

    private final URI url;

    PublicAddress(@ConfigProperty(name = "burnish.public.url") URI url) {
        this.url = url;
    }

    /** {@code https://manager:443/}: always with port and slash. */
    String base() {
        return "https://" + url.getHost() + ":" + (url.getPort() < 0 ? HTTPS : url.getPort()) + "/";
    }

    /** The manager's name. */
    String host() {
        return url.getHost();
    }

    /** Where the installer for a token is fetched. */
    String setup(String secret, String profile) {
        return base() + "agent/setup/" + secret + "/?profile_name=" + profile;
    }
}
