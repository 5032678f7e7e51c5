package io.burnish.kit.pki;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Key and certificate by which a TLS server of Burnish proves itself. */
public record ServerIdentity(PrivateKey key, X509Certificate certificate) {

    private static final Duration RENEW_BEFORE = Duration.ofDays(30);

    /** The key as PEM text. */
    public String keyPem() {
        return Pem.text(key);
    }

    /** The certificate as PEM text. */
    public String certificatePem() {
        return Pem.text(certificate);
    }

    static ServerIdentity create(List<String> names, CertificateAuthority authority) {
        KeyPair pair = CertificateAuthority.newKeyPair();
        return new ServerIdentity(
                pair.getPrivate(), authority.signServer(names.getFirst(), new HashSet<>(names), pair.getPublic()));
    }

    /** Whether clients that trust the authority accept the certificate under all the names, for some time to come. */
    boolean fits(Collection<String> names, CertificateAuthority authority) {
        try {
            certificate.verify(authority.certificate().getPublicKey());
            return certificate.getNotAfter().toInstant().isAfter(Instant.now().plus(RENEW_BEFORE))
                    && names().containsAll(names);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private Set<String> names() throws CertificateParsingException {
        Set<String> names = new HashSet<>();
        if (certificate.getSubjectAlternativeNames() != null) {
            // each alternative is a pair: kind of name, name
            certificate.getSubjectAlternativeNames().forEach(name -> names.add(String.valueOf(name.get(1))));
        }
        return names;
    }
}
