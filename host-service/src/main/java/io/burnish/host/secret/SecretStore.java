package io.burnish.host.secret;

import io.burnish.kit.pki.PkiDirectory;
import io.burnish.kit.sql.Tx;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Passwords and keys that this service has to keep for a while: sealed with AES-256-GCM under the installation's key, each bound to
 * its id, so that rows cannot be exchanged for each other. Whoever needs a secret elsewhere passes its id.
 */
@ApplicationScoped
public class SecretStore {

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final PkiDirectory pki;

    SecretStore(PkiDirectory pki) {
        this.pki = pki;
    }

    /**
     * Keeps a secret and returns its id.
     *
     * @param owner what it belongs to, for {@link #forget}, for example {@code deploy:12}
     */
    public String keep(Tx tx, String owner, String value) {
        String id = UUID.randomUUID().toString();
        tx.update(
                "INSERT INTO secret (id, owner, sealed) VALUES ($1, $2, $3)",
                id,
                owner,
                Buffer.buffer(seal(id, value)));
        return id;
    }

    /** The secret of that id; empty if it has been forgotten. */
    public Optional<String> find(Tx tx, String id) {
        return tx.first("SELECT sealed FROM secret WHERE id = $1", id)
                .map(row -> open(id, row.getBuffer(0).getBytes()));
    }

    /** The newest secret of an owner; empty if there is none. */
    public Optional<String> ofOwner(Tx tx, String owner) {
        return tx.first("SELECT id, sealed FROM secret WHERE owner = $1 ORDER BY created_at DESC LIMIT 1", owner)
                .map(row -> open(row.getString(0), row.getBuffer(1).getBytes()));
    }

    /** The id of the newest secret of an owner, for those who pass it on; empty if there is none. */
    public Optional<String> idOfOwner(Tx tx, String owner) {
        return tx.first("SELECT id FROM secret WHERE owner = $1 ORDER BY created_at DESC LIMIT 1", owner)
                .map(row -> row.getString(0));
    }

    /** Forgets all secrets of an owner. */
    public void forget(Tx tx, String owner) {
        tx.update("DELETE FROM secret WHERE owner = $1", owner);
    }

    /** Forgets secrets of owners with that prefix that nobody has come for. */
    public void forgetOld(Tx tx, String ownerPrefix, Duration age) {
        tx.update(
                "DELETE FROM secret WHERE starts_with(owner, $1) AND created_at < now() - make_interval(secs => $2)",
                ownerPrefix,
                (double) age.toSeconds());
    }

    private byte[] seal(String id, String value) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            byte[] text = cipher(Cipher.ENCRYPT_MODE, id, nonce).doFinal(value.getBytes(StandardCharsets.UTF_8));
            byte[] sealed = new byte[NONCE_BYTES + text.length];
            System.arraycopy(nonce, 0, sealed, 0, NONCE_BYTES);
            System.arraycopy(text, 0, sealed, NONCE_BYTES, text.length);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot seal a secret: " + e.getMessage(), e);
        }
    }

    private String open(String id, byte[] sealed) {
        byte[] nonce = java.util.Arrays.copyOf(sealed, NONCE_BYTES);
        try {
            byte[] value =
                    cipher(Cipher.DECRYPT_MODE, id, nonce).doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
            return new String(value, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "secret " + id + " cannot be opened: was secrets.key of the key directory replaced?", e);
        }
    }

    private Cipher cipher(int mode, String id, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, new SecretKeySpec(pki.secretsKey(), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(id.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
