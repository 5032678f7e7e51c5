package io.burnish.host.packages;

import io.burnish.kit.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The file that tells a server's package manager where the bundles of all profiles are (agent contract, 1.2): {@code BUNDLE/} below
 * {@code BURNISH_REPOSITORY_URL}. Without that setting servers use the repositories that their administrators have configured under the
 * bundles' names. {@code external} is where the rest of the operating system comes from: it is no repository of ours.
 */
@ApplicationScoped
public class RepositoryFile {

    /** Its name below {@code /etc/yum.repos.d}. */
    public static final String NAME = "Intel-Lustre-Agent.repo";

    /** {@code {0}}, {@code {1}} and {@code {2}} are the paths of authority, key and certificate on the server: agents fill them in. */
    private static final String SECTION = """
            [%1$s]
            name=%1$s
            baseurl=%2$s%1$s/$releasever/
            enabled=0
            gpgcheck=0
            sslverify = 1
            sslcacert = {0}
            sslclientkey = {1}
            sslclientcert = {2}
            """;

    private final Optional<String> base;

    RepositoryFile(@ConfigProperty(name = "burnish.repository.url") Optional<String> base) {
        this.base = base.filter(url -> !url.isBlank()).map(url -> url.endsWith("/") ? url : url + "/");
    }

    /** Its text with placeholders; empty without repositories of the manager's. */
    public Optional<String> text(Tx tx) {
        if (base.isEmpty()) {
            return Optional.empty();
        }
        List<String> sections = new ArrayList<>();
        tx.query("""
                        SELECT DISTINCT bundle FROM server_profile, unnest(bundles) AS bundle
                        WHERE bundle <> 'external' AND bundle ~ '^[A-Za-z0-9._-]+$' ORDER BY bundle""").forEach(row -> sections.add(SECTION.formatted(row.getString(0), base.get())));
        return Optional.of(String.join("\n", sections));
    }

    /** The same for a server whose agent keeps its files in a directory. */
    public Optional<String> text(Tx tx, String state) {
        return text(tx).map(text -> text.replace("{0}", state + "/authority.crt")
                .replace("{1}", state + "/private.pem")
                .replace("{2}", state + "/self.crt"));
    }
}
