package io.burnish.host.registration;

import io.burnish.contracts.agent.RegistrationRequest;
import io.burnish.host.hub.AgentCertificates;
import io.burnish.kit.pki.CertificateAuthority;
import io.burnish.kit.pki.Pem;
import io.burnish.kit.pki.PkiDirectory;
import io.burnish.kit.sql.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Optional;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/** Certificates for registrations, and the answers that were given with them. */
@ApplicationScoped
class Certification {

    private final PkiDirectory pki;
    private final AgentCertificates certificates;

    Certification(PkiDirectory pki, AgentCertificates certificates) {
        this.pki = pki;
        this.certificates = certificates;
    }

    /** What a server was told. */
    record Answered(long hostId, Long commandId, String certificate) {}

    /** What makes a request the same as an earlier one: secret, name and public key. Empty if there is no readable key. */
    static Optional<String> identity(String secret, RegistrationRequest request) {
        return requestedKey(request.csr()).map(key -> {
            MessageDigest digest = sha256();
            digest.update((secret + "\n" + request.fqdn() + "\n").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(key));
        });
    }

    private static Optional<byte[]> requestedKey(String csr) {
        try (PEMParser parser = new PEMParser(new StringReader(csr))) {
            return parser.readObject() instanceof PKCS10CertificationRequest request
                    ? Optional.of(request.getSubjectPublicKeyInfo().getEncoded())
                    : Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** A certificate for the request's name and key. */
    X509Certificate sign(RegistrationRequest request) {
        try {
            return pki.authority().signAgent(request.csr(), request.fqdn());
        } catch (CertificateAuthority.BadRequestException e) {
            throw RegistrationRefused.silently();
        }
    }

    /** The answer to an earlier request of that identity, while its certificate is good. */
    Optional<Answered> answered(Tx tx, String identity) {
        return tx.first("""
                        SELECT r.host_id, r.command_id, r.certificate FROM registration r
                        JOIN agent_certificate c ON c.serial = r.serial AND NOT c.revoked WHERE r.id = $1""", identity).map(Certification::answer);
    }

    /** Makes the certificate the server's only one and keeps the answer. */
    Answered keep(Tx tx, long hostId, Long commandId, String identity, String fqdn, X509Certificate certificate) {
        certificates.register(tx, hostId, fqdn, certificate);
        String pem = Pem.text(certificate);
        tx.update("""
                INSERT INTO registration (id, host_id, command_id, serial, certificate) VALUES ($1, $2, $3, $4, $5)
                ON CONFLICT (id) DO UPDATE SET host_id = excluded.host_id, command_id = excluded.command_id,
                    serial = excluded.serial, certificate = excluded.certificate""", identity, hostId, commandId, AgentCertificates.serial(certificate), pem);
        return new Answered(hostId, commandId, pem);
    }

    private static Answered answer(Row row) {
        return new Answered(row.getLong("host_id"), row.getLong("command_id"), row.getString("certificate"));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
