package io.burnish.host.registration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.host.packages.RepositoryFile;
import io.burnish.host.spi.HostRegistry;
import io.burnish.kit.pki.PkiDirectory;
import io.burnish.kit.sql.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/** Writes the installer for a server that has a token (agent contract, 1.2). The token keeps its credits. */
@ApplicationScoped
class SetupScripts {

    private final Database database;
    private final TokenStore tokens;
    private final HostRegistry hosts;
    private final PkiDirectory pki;
    private final PublicAddress manager;
    private final RepositoryFile repositories;

    SetupScripts(
            Database database,
            TokenStore tokens,
            HostRegistry hosts,
            PkiDirectory pki,
            PublicAddress manager,
            RepositoryFile repositories) {
        this.database = database;
        this.tokens = tokens;
        this.hosts = hosts;
        this.pki = pki;
        this.manager = manager;
        this.repositories = repositories;
    }

    /**
     * The script.
     *
     * @param profile name; {@code null} if the request has none
     * @throws RegistrationRefused 403 without a usable token, 400 without a known profile that is the token's
     */
    String script(String secret, String profile) {
        record Content(ObjectNode profile, String repositories) {}
        Content content = database.transaction(tx -> {
            TokenStore.Token token = tokens.usable(tx, secret).orElseThrow(RegistrationRefused::token);
            if (profile == null || profile.isBlank()) {
                throw RegistrationRefused.text("Give the name of the server profile: ?profile_name=NAME");
            }
            if (!profile.equals(token.profile())) {
                throw RegistrationRefused.text("The token is for server profile %s.".formatted(token.profile()));
            }
            ObjectNode document = hosts.agentProfile(tx, profile)
                    .orElseThrow(() -> RegistrationRefused.text("There is no such server profile any more."));
            return new Content(
                    document, repositories.text(tx, BootstrapScript.STATE).orElse(""));
        });
        return new BootstrapScript(
                        manager.base(),
                        secret,
                        pki.authorityCertificate(),
                        content.profile(),
                        content.repositories(),
                        Instant.now().getEpochSecond())
                .text();
    }
}
