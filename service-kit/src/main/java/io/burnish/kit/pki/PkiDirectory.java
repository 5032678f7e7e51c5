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
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The keys of an installation, in one directory ({@code BURNISH_PKI_DIR}), made by whoever comes first.
 *
 * <p>Files: {@code authority.pem}, {@code authority.crt} (the CA); {@code gateway-token.pem} and {@code .pub} (signs user tokens);
 * {@code service-token.pem} and {@code .pub} (signs service tokens); {@code secrets.key} (encrypts secrets at rest);
 * {@code <server>.pem} and {@code .crt} of each TLS server ({@link #server}). A cluster may give each service only the files it needs;
 * a private key that is missing is an error when it is used, not before.
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

    /**
     * Key and certificate of a TLS server, in the files {@code <name>.pem} and {@code <name>.crt}. They are made on first use, and made
     * again when the certificate lacks one of the names, is not of this authority, or has less than 30 days left. Where the
     * authority's key is not kept, the files are used as they are.
     *
     * @param names DNS names and IP addresses, the first of which becomes the common name
     */
    public ServerIdentity server(String name, List<String> names) {
        Path key = directory.resolve(name + ".pem");
        Path certificate = directory.resolve(name + ".crt");
        return locked(() -> {
            if (Files.exists(key) && Files.exists(certificate)) {
                ServerIdentity present = new ServerIdentity(Pem.privateKey(key), Pem.certificate(certificate));
                if (!Files.exists(directory.resolve("authority.pem")) || present.fits(names, authority())) {
                    return present;
                }
            }
            ServerIdentity made = ServerIdentity.create(names, authority());
            Pem.write(key, made.key(), "rw-------");
            Pem.write(certificate, made.certificate(), "rw-r--r--");
            return made;
        });
    }

    /** Several services start at the same time: one of them makes the keys. */
    private void createMissing() {
        try {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use the key directory " + directory, e);
        }
        locked(() -> {
            createAuthority();
            createTokenKeys(GATEWAY_TOKEN);
            createTokenKeys(SERVICE_TOKEN);
            createSecretsKey();
            return null;
        });
    }

    private interface Work<T> {
        T run() throws IOException;
    }

    /** Runs work while no other process (file lock) and no other thread of this one (monitor) makes keys. */
    private <T> T locked(Work<T> work) {
        synchronized (PkiDirectory.class) {
            try (FileChannel channel = FileChannel.open(
                            directory.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (!lock.isValid()) {
                    throw new IOException("the lock of the key directory was lost");
                }
                return work.run();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot use the key directory " + directory, e);
            }
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
