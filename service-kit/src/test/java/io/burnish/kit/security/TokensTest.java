package io.burnish.kit.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.kit.pki.PkiDirectory;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services trust only what the gateway, or another service, has signed. */
class TokensTest {

    private static final Principal ADMIN = new Principal(3, "admin", Level.SUPERUSER, true, null);

    @TempDir
    Path directory;

    private Tokens gateway;
    private Tokens service;

    @BeforeEach
    void open() {
        gateway = new Tokens(PkiDirectory.open(directory), "gateway");
        service = new Tokens(PkiDirectory.open(directory), "host-service");
    }

    @Test
    void aUserTokenCarriesTheCaller() {
        assertThat(service.user(gateway.mint(ADMIN))).contains(ADMIN);
        assertThat(service.user(gateway.mint(ADMIN))).contains(ADMIN);
    }

    @Test
    void aServiceTokenIsNoUserTokenAndTheOtherWayRound() {
        assertThat(service.user(service.ofThisService())).isEmpty();
        assertThat(service.service(gateway.mint(ADMIN))).isEmpty();
        assertThat(gateway.service(service.ofThisService()))
                .map(Principal::service)
                .contains("host-service");
    }

    @Test
    void aTokenOfAnotherInstallationIsRefused(@TempDir Path other) {
        String foreign = new Tokens(PkiDirectory.open(other), "gateway").mint(ADMIN);
        assertThat(service.user(foreign)).isEmpty();
    }

    @Test
    void aChangedTokenIsRefused() {
        String token = gateway.mint(ADMIN);
        int middle = token.indexOf('.') + 5;
        char changed = token.charAt(middle) == 'A' ? 'B' : 'A';
        assertThat(service.user(token.substring(0, middle) + changed + token.substring(middle + 1)))
                .isEmpty();
        assertThat(service.user("")).isEmpty();
        assertThat(service.user("a.b.c")).isEmpty();
    }
}
