package io.burnish.host.ssh;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.util.security.SecurityUtils;

/** Private keys in the formats of OpenSSH and PEM. */
final class PrivateKeys {

    private static final List<String> FILES = List.of("id_ed25519", "id_ecdsa", "id_rsa");

    private PrivateKeys() {}

    /** The keys in a text. */
    static List<KeyPair> of(String text, String passphrase) throws SshFailure {
        String whole = text.endsWith("\n") ? text : text + "\n";
        try (ByteArrayInputStream in = new ByteArrayInputStream(whole.getBytes(StandardCharsets.UTF_8))) {
            List<KeyPair> keys = new ArrayList<>();
            Iterable<KeyPair> loaded = SecurityUtils.loadKeyPairIdentities(
                    null,
                    NamedResource.ofName("the private key"),
                    in,
                    passphrase == null ? FilePasswordProvider.EMPTY : FilePasswordProvider.of(passphrase));
            if (loaded != null) {
                loaded.forEach(keys::add);
            }
            if (!keys.isEmpty()) {
                return keys;
            }
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw bad(e);
        }
        throw bad(null);
    }

    /** The manager's own keys: those of the usual names in a directory that can be read without a passphrase. */
    static List<KeyPair> in(Path directory) throws SshFailure {
        List<KeyPair> keys = new ArrayList<>();
        for (String name : FILES) {
            Path file = directory.resolve(name);
            if (Files.isReadable(file)) {
                try {
                    keys.addAll(of(Files.readString(file), null));
                } catch (IOException e) {
                    throw bad(e);
                }
            }
        }
        return keys;
    }

    private static SshFailure bad(Exception cause) {
        return new SshFailure(
                SshFailure.Kind.BAD_KEY,
                "The private key cannot be read: give a key in the format of OpenSSH or PEM and, if it is encrypted, the right"
                        + " passphrase.",
                cause);
    }
}
