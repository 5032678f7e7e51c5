package io.burnish.kit.pki;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The keys of an installation, in one directory ({@code BURNISH_PKI_DIR}), made by whoever comes first.
 *
 * <p>Files: {@code authority.pem}, {@code authority.crt} (the CA); {@code gateway-token.pem} and {@code .pub} (signs user tokens);
 * {@code service-token.pem} and {@code .pub} (signs service tokens); {@code secrets.key} (encrypts secrets at rest). A cluster may
 * give each service only the files it needs; a private key that is missing is an error when it is used, not before.
 */
@ApplicationScoped
public class PkiDirectory {

    private static final String GATEWAY_TOKEN = "gateway-token";
    private static final String SERVICE_TOKEN = "service-token";

    private final Path directory;

    PkiDirectory(@ConfigProperty(name = "burnish.pki.dir") Path directory) {
        this.directory = directory;
        createMissing();
    }

    /** Opens a directory outside a container, for tools. */
    public static PkiDirectory open(Path directory) {
        return new PkiDirectory(directory);
    }

    /** The certificate authority, with its key. */
    public CertificateAuthority authority() {
        return CertificateAuthority.of(
                Pem.certificate(directory.resolve("authority.crt")),
                Pem.privateKey(directory.resolve("authority.pem")));
    }

    /** PEM text of the CA's certificate. */
    public String authorityCertificate() {
        return read("authority.crt");
    }

    /** The directory, for files that a service keeps with the keys. */
    public Path directory() {
        return directory;
    }

    /** 32 bytes that encrypt secrets at rest. */
    public byte[] secretsKey() {
        try {
            return Files.readAllBytes(directory.resolve("secrets.key"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the key of secrets at rest", e);
        }
    }

    /** Verifies user tokens. */
    public PublicKey gatewayKey() {
        return Pem.publicKey(directory.resolve(GATEWAY_TOKEN + ".pub"));
    }

    /** Signs user tokens. */
    public PrivateKey gatewaySigningKey() {
        return Pem.privateKey(directory.resolve(GATEWAY_TOKEN + ".pem"));
    }

    /** Verifies service tokens. */
    public PublicKey serviceKey() {
        return Pem.publicKey(directory.resolve(SERVICE_TOKEN + ".pub"));
    }

    /** Signs service tokens. */
    public PrivateKey serviceSigningKey() {
        return Pem.privateKey(directory.resolve(SERVICE_TOKEN + ".pem"));
    }

    /** Several services start at the same time: a file lock lets one of them make the keys. */
    private void createMissing() {
        try {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            try (FileChannel channel = FileChannel.open(
                            directory.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (lock.isValid()) {
                    createAuthority();
                    createTokenKeys(GATEWAY_TOKEN);
                    createTokenKeys(SERVICE_TOKEN);
                    createSecretsKey();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use the key directory " + directory, e);
        }
    }

    private void createAuthority() throws IOException {
        if (!Files.exists(directory.resolve("authority.crt"))) {
            CertificateAuthority authority = CertificateAuthority.create();
            Pem.write(directory.resolve("authority.pem"), authority.privateKey(), "rw-------");
            Pem.write(directory.resolve("authority.crt"), authority.certificate(), "rw-r--r--");
        }
    }

    private void createTokenKeys(String name) throws IOException {
        if (!Files.exists(directory.resolve(name + ".pub"))) {
            KeyPair pair = CertificateAuthority.newKeyPair();
            Pem.write(directory.resolve(name + ".pem"), pair.getPrivate(), "rw-------");
            Pem.write(directory.resolve(name + ".pub"), pair.getPublic(), "rw-r--r--");
        }
    }

    private void createSecretsKey() throws IOException {
        if (!Files.exists(directory.resolve("secrets.key"))) {
            byte[] key = new byte[32];
            new SecureRandom().nextBytes(key);
            Pem.writeBytes(directory.resolve("secrets.key"), key, "rw-------");
        }
    }

    private String read(String name) {
        try {
            return Files.readString(directory.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name + " in the key directory", e);
        }
    }
}
