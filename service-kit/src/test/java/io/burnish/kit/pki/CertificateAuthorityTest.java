package io.burnish.kit.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateAuthorityTest {

    private final CertificateAuthority authority = CertificateAuthority.create();

    private static String request(KeyPair pair, KeyPair signer, String name) throws Exception {
        return Pem.text(new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=" + name), pair.getPublic())
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate())));
    }

    @Test
    void signsAnAgentsRequestForItsName() throws Exception {
        KeyPair pair = CertificateAuthority.newKeyPair();
        X509Certificate signed = authority.signAgent(request(pair, pair, "oss1.lab.example"), "oss1.lab.example");
        signed.verify(authority.certificate().getPublicKey());
        assertThat(signed.getPublicKey()).isEqualTo(pair.getPublic());
        assertThat(CertificateAuthority.commonName(signed)).isEqualTo("oss1.lab.example");
        assertThat(signed.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
        assertThat(signed.getBasicConstraints()).isEqualTo(-1);
    }

    @Test
    void refusesARequestForAnotherName() throws Exception {
        KeyPair pair = CertificateAuthority.newKeyPair();
        String request = request(pair, pair, "oss2.lab.example");
        assertThatThrownBy(() -> authority.signAgent(request, "oss1.lab.example"))
                .isInstanceOf(CertificateAuthority.BadRequestException.class)
                .hasMessageContaining("another name");
    }

    @Test
    void refusesARequestSignedByAnotherKey() throws Exception {
        String request = request(CertificateAuthority.newKeyPair(), CertificateAuthority.newKeyPair(), "oss1");
        assertThatThrownBy(() -> authority.signAgent(request, "oss1"))
                .isInstanceOf(CertificateAuthority.BadRequestException.class)
                .hasMessageContaining("own key");
    }

    @Test
    void refusesWhatIsNoRequest() {
        for (String text : List.of("", "rubbish", Pem.text(authority.certificate()))) {
            assertThatThrownBy(() -> authority.signAgent(text, "oss1"))
                    .isInstanceOf(CertificateAuthority.BadRequestException.class);
        }
    }

    @Test
    void serverCertificatesCarryNamesAndAddresses() throws Exception {
        X509Certificate signed = authority.signServer(
                "localhost",
                List.of("localhost", "127.0.0.1"),
                CertificateAuthority.newKeyPair().getPublic());
        signed.verify(authority.certificate().getPublicKey());
        assertThat(signed.getSubjectAlternativeNames())
                .extracting(name -> name.get(1).toString())
                .containsExactly("localhost", "127.0.0.1");
    }

    @Test
    void theDirectoryIsMadeOnceAndKeepsItsKeysPrivate(@TempDir Path parent) throws IOException {
        Path directory = parent.resolve("pki");
        PkiDirectory first = PkiDirectory.open(directory);
        String certificate = first.authorityCertificate();
        assertThat(PkiDirectory.open(directory).authorityCertificate()).isEqualTo(certificate);
        assertThat(first.authority().certificate()).isEqualTo(Pem.certificate(certificate));
        for (String secret : List.of("authority.pem", "gateway-token.pem", "service-token.pem", "secrets.key")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(secret))))
                    .as(secret)
                    .isEqualTo("rw-------");
        }
    }
}
