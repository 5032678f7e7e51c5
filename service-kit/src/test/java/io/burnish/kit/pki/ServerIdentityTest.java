package io.burnish.kit.pki;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerIdentityTest {

    @TempDir
    Path folder;

    @Test
    void staysTheSameAcrossStartsAndIsSignedByTheAuthority() throws Exception {
        ServerIdentity first = PkiDirectory.open(folder).server("gateway", List.of("localhost", "127.0.0.1"));
        ServerIdentity second = PkiDirectory.open(folder).server("gateway", List.of("127.0.0.1", "localhost"));
        assertThat(second.certificate()).isEqualTo(first.certificate());
        assertThat(second.key()).isEqualTo(first.key());
        first.certificate()
                .verify(PkiDirectory.open(folder).authority().certificate().getPublicKey());
        assertThat(first.certificate().getSubjectAlternativeNames())
                .extracting(name -> (Object) name.get(1))
                .containsExactlyInAnyOrder("localhost", "127.0.0.1");
    }

    @Test
    void isMadeAgainForANewName() throws Exception {
        PkiDirectory pki = PkiDirectory.open(folder);
        ServerIdentity first = pki.server("gateway", List.of("localhost"));
        ServerIdentity second = pki.server("gateway", List.of("localhost", "manager.lab.example"));
        assertThat(second.certificate()).isNotEqualTo(first.certificate());
        assertThat(pki.server("gateway", List.of("localhost")).certificate())
                .as("a certificate for more names serves fewer")
                .isEqualTo(second.certificate());
    }

    @Test
    void isMadeAgainForANewAuthority() throws Exception {
        ServerIdentity first = PkiDirectory.open(folder).server("gateway", List.of("localhost"));
        Files.delete(folder.resolve("authority.crt"));
        PkiDirectory renewed = PkiDirectory.open(folder);
        ServerIdentity second = renewed.server("gateway", List.of("localhost"));
        assertThat(second.certificate()).isNotEqualTo(first.certificate());
        second.certificate().verify(renewed.authority().certificate().getPublicKey());
    }

    @Test
    void keepsItsKeyFromOthers() throws Exception {
        PkiDirectory.open(folder).server("gateway", List.of("localhost"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("gateway.pem"))))
                .isEqualTo("rw-------");
    }
}
