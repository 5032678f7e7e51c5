package io.burnish.host.hub;

import io.burnish.kit.pki.CertificateAuthority;
import io.burnish.kit.pki.Pem;
import io.burnish.kit.pki.PkiDirectory;
import java.math.BigInteger;
import java.nio.file.Files;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** Key and certificate of an agent in a test. */
public record AgentIdentity(String keyPem, X509Certificate certificate) {

    /** A signing request for a new key, with the key. */
    public record Request(String keyPem, String csrPem) {

        public static Request of(String fqdn) throws Exception {
            KeyPair pair = CertificateAuthority.newKeyPair();
            var request = new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=" + fqdn), pair.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()));
            return new Request(Pem.text(pair.getPrivate()), Pem.text(request));
        }
    }

    /** Signed by an authority. */
    public static AgentIdentity signedBy(CertificateAuthority authority, String fqdn) throws Exception {
        Request request = Request.of(fqdn);
        return new AgentIdentity(request.keyPem(), authority.signAgent(request.csrPem(), fqdn));
    }

    /** Signed by the installation's authority, but for a time that has passed. */
    public static AgentIdentity expired(PkiDirectory pki, String fqdn) throws Exception {
        KeyPair pair = CertificateAuthority.newKeyPair();
        Instant now = Instant.now();
        var builder = new JcaX509v3CertificateBuilder(
                X500Name.getInstance(
                        pki.authority().certificate().getSubjectX500Principal().getEncoded()),
                BigInteger.valueOf(System.nanoTime()),
                Date.from(now.minus(Duration.ofDays(3))),
                Date.from(now.minus(Duration.ofDays(1))),
                new X500Name("CN=" + fqdn),
                pair.getPublic());
        X509Certificate certificate = new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(authorityKey(pki))));
        return new AgentIdentity(Pem.text(pair.getPrivate()), certificate);
    }

    private static PrivateKey authorityKey(PkiDirectory pki) throws Exception {
        try (PEMParser parser =
                new PEMParser(Files.newBufferedReader(pki.directory().resolve("authority.pem")))) {
            Object key = parser.readObject();
            JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
            return key instanceof PEMKeyPair keys
                    ? converter.getKeyPair(keys).getPrivate()
                    : converter.getPrivateKey((org.bouncycastle.asn1.pkcs.PrivateKeyInfo) key);
        }
    }

    public String certificatePem() {
        return Pem.text(certificate);
    }
}
