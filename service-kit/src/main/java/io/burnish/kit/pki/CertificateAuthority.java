package io.burnish.kit.pki;

import java.io.IOException;
import java.io.StringReader;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/**
 * Burnish's own certificate authority: ECDSA P-256 with SHA-256. It signs the gateway's and the hub's server certificates and the
 * client certificates of agents, whose common name is the server's fully qualified name.
 */
public final class CertificateAuthority {

    private static final String COMMON_NAME = "Burnish local authority";
    private static final String ALGORITHM = "SHA256withECDSA";
    private static final Duration AUTHORITY_LIFETIME = Duration.ofDays(36500);
    private static final Duration SERVER_LIFETIME = Duration.ofDays(3650);
    /** Clocks of servers may be behind the manager's when they register. */
    private static final Duration BACKDATED = Duration.ofDays(1);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final X509Certificate certificate;
    private final PrivateKey key;

    private CertificateAuthority(X509Certificate certificate, PrivateKey key) {
        this.certificate = certificate;
        this.key = key;
    }

    static CertificateAuthority of(X509Certificate certificate, PrivateKey key) {
        return new CertificateAuthority(certificate, key);
    }

    /** A new authority with a new key. */
    public static CertificateAuthority create() {
        KeyPair pair = newKeyPair();
        X500Name name = name(COMMON_NAME);
        try {
            JcaX509v3CertificateBuilder builder = builder(name, AUTHORITY_LIFETIME, name, pair.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            builder.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
            return new CertificateAuthority(finish(builder, pair.getPrivate()), pair.getPrivate());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("cannot create a certificate authority: " + e.getMessage(), e);
        }
    }

    /** A new P-256 key pair. */
    public static KeyPair newKeyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no P-256", e);
        }
    }

    /** The authority's certificate. */
    public X509Certificate certificate() {
        return certificate;
    }

    PrivateKey privateKey() {
        return key;
    }

    /** A TLS server certificate for DNS names and IP addresses. */
    public X509Certificate signServer(String commonName, Collection<String> names, PublicKey subjectKey) {
        GeneralName[] alternatives = names.stream()
                .map(name -> new GeneralName(isAddress(name) ? GeneralName.iPAddress : GeneralName.dNSName, name))
                .toArray(GeneralName[]::new);
        return sign(name(commonName), subjectKey, SERVER_LIFETIME, KeyPurposeId.id_kp_serverAuth, alternatives);
    }

    /**
     * A client certificate for the agent that made the request.
     *
     * @throws BadRequestException if the request is malformed, not signed by its own key, or names another common name
     */
    public X509Certificate signAgent(String csrPem, String fqdn) throws BadRequestException {
        JcaPKCS10CertificationRequest request = parse(csrPem);
        try {
            if (!request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(request.getPublicKey()))) {
                throw new BadRequestException("the certificate request is not signed by its own key");
            }
            if (!fqdn.equals(commonName(request.getSubject()))) {
                throw new BadRequestException("the certificate request is for another name");
            }
            return sign(
                    name(fqdn),
                    request.getPublicKey(),
                    AUTHORITY_LIFETIME,
                    KeyPurposeId.id_kp_clientAuth,
                    new GeneralName(GeneralName.dNSName, fqdn));
        } catch (GeneralSecurityException | OperatorCreationException | PKCSException e) {
            throw new BadRequestException("the certificate request cannot be verified: " + e.getMessage());
        }
    }

    /** The common name of a certificate's subject; empty text if it has none. */
    public static String commonName(X509Certificate subject) {
        return commonName(new X500Name(subject.getSubjectX500Principal().getName()));
    }

    /** A certificate request that is not signed. */
    public static final class BadRequestException extends Exception {
        private static final long serialVersionUID = 1L;

        BadRequestException(String message) {
            super(message);
        }
    }

    private static JcaPKCS10CertificationRequest parse(String pem) throws BadRequestException {
        try (PEMParser parser = new PEMParser(new StringReader(pem))) {
            if (parser.readObject() instanceof PKCS10CertificationRequest request) {
                return new JcaPKCS10CertificationRequest(request);
            }
        } catch (IOException | RuntimeException e) {
            throw new BadRequestException("not a certificate request: " + e.getMessage());
        }
        throw new BadRequestException("not a certificate request");
    }

    private X509Certificate sign(
            X500Name subject,
            PublicKey subjectKey,
            Duration lifetime,
            KeyPurposeId purpose,
            GeneralName... alternatives) {
        try {
            X500Name issuer =
                    X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
            JcaX509v3CertificateBuilder builder = builder(issuer, lifetime, subject, subjectKey);
            JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(
                    Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment));
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(alternatives));
            builder.addExtension(
                    Extension.authorityKeyIdentifier, false, extensions.createAuthorityKeyIdentifier(certificate));
            return finish(builder, key);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("cannot sign a certificate: " + e.getMessage(), e);
        }
    }

    private static JcaX509v3CertificateBuilder builder(
            X500Name issuer, Duration lifetime, X500Name subject, PublicKey subjectKey) {
        Instant now = Instant.now();
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(127, RANDOM).setBit(126),
                Date.from(now.minus(BACKDATED)),
                Date.from(now.plus(lifetime)),
                subject,
                subjectKey);
    }

    private static X509Certificate finish(JcaX509v3CertificateBuilder builder, PrivateKey signer)
            throws GeneralSecurityException {
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder(ALGORITHM).build(signer)));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private static X500Name name(String commonName) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, commonName)
                .build();
    }

    private static String commonName(X500Name subject) {
        RDN[] names = subject.getRDNs(BCStyle.CN);
        return names.length == 0
                ? ""
                : IETFUtils.valueToString(names[0].getFirst().getValue());
    }

    private static boolean isAddress(String name) {
        return name.indexOf(':') >= 0 || name.matches("\\d+\\.\\d+\\.\\d+\\.\\d+");
    }
}
