package io.burnish.kit.pki;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;

/** Keys and certificates as PEM. */
public final class Pem {

    private static final JcaPEMKeyConverter KEYS = new JcaPEMKeyConverter();
    private static final JcaX509CertificateConverter CERTIFICATES = new JcaX509CertificateConverter();

    private Pem() {}

    /** PEM text of a certificate, a public key, or (as PKCS #8) a private key. */
    public static String text(Object value) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(value instanceof PrivateKey key ? new JcaPKCS8Generator(key, null) : value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** Reads a certificate from PEM text. */
    public static X509Certificate certificate(String pem) {
        return parse(new StringReader(pem), X509CertificateHolder.class, holder -> CERTIFICATES.getCertificate(holder));
    }

    static X509Certificate certificate(Path file) {
        return certificate(read(file));
    }

    static PublicKey publicKey(Path file) {
        return parse(new StringReader(read(file)), SubjectPublicKeyInfo.class, KEYS::getPublicKey);
    }

    static PrivateKey privateKey(Path file) {
        return parse(new StringReader(read(file)), Object.class, value -> switch (value) {
            case PrivateKeyInfo info -> KEYS.getPrivateKey(info);
            case PEMKeyPair pair -> KEYS.getKeyPair(pair).getPrivate();
            default -> throw new IOException("not a private key: " + file.getFileName());
        });
    }

    /** Writes a key or certificate atomically with the given permissions, for example {@code rw-------}. */
    static void write(Path file, Object value, String permissions) throws IOException {
        writeBytes(file, text(value).getBytes(StandardCharsets.UTF_8), permissions);
    }

    static void writeBytes(Path file, byte[] content, String permissions) throws IOException {
        Path temporary = Files.createTempFile(
                file.getParent(),
                file.getFileName().toString(),
                ".tmp",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(temporary, content);
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString(permissions));
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private interface Conversion<F, T> {
        T apply(F from) throws IOException, GeneralSecurityException, CertificateException;
    }

    private static <F, T> T parse(Reader text, Class<F> type, Conversion<F, T> conversion) {
        try (PEMParser parser = new PEMParser(text)) {
            return conversion.apply(type.cast(parser.readObject()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException | ClassCastException | NullPointerException e) {
            throw new IllegalArgumentException("not the expected PEM text: " + e.getMessage(), e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file.getFileName() + " in the key directory", e);
        }
    }
}
