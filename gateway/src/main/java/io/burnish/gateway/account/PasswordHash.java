package io.burnish.gateway.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * A hashed password: Argon2id in PHC form, {@code $argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>}. The cost is the one that OWASP's
 * Password Storage Cheat Sheet names first for servers: 19 MiB of memory, two passes.
 *
 * @param memory in KiB
 * @param passes over the memory
 */
record PasswordHash(int memory, int passes, byte[] salt, byte[] hash) {

    private static final int MEMORY = 19_456;
    private static final int PASSES = 2;
    private static final int SALT = 16;
    private static final int HASH = 32;
    private static final String PREFIX = "$argon2id$v=19$m=%d,t=%d,p=1$";
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Hashes a password with a new salt. Takes tens of milliseconds and 19 MiB. */
    static PasswordHash of(String password) {
        byte[] salt = new byte[SALT];
        RANDOM.nextBytes(salt);
        return new PasswordHash(MEMORY, PASSES, salt, compute(password, MEMORY, PASSES, salt, HASH));
    }

    /**
     * Reads the stored form.
     *
     * @throws IllegalArgumentException if it is none
     */
    static PasswordHash parse(String phc) {
        String[] parts = phc.split("\\$");
        if (parts.length != 6 || !parts[1].equals("argon2id") || !parts[2].equals("v=19")) {
            throw new IllegalArgumentException("not an Argon2id password hash");
        }
        String[] cost = parts[3].split(",");
        return new PasswordHash(
                Integer.parseInt(cost[0].substring(2)),
                Integer.parseInt(cost[1].substring(2)),
                Base64.getDecoder().decode(parts[4]),
                Base64.getDecoder().decode(parts[5]));
    }

    /** The form that is stored. */
    String phc() {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return PREFIX.formatted(memory, passes) + base64.encodeToString(salt) + "$" + base64.encodeToString(hash);
    }

    /** Whether it is the hash of that password. Takes as long as hashing. */
    boolean matches(String password) {
        return MessageDigest.isEqual(hash, compute(password, memory, passes, salt, hash.length));
    }

    /** Whether it was made at a lower cost than new ones are. */
    boolean outdated() {
        return memory < MEMORY || passes < PASSES;
    }

    private static byte[] compute(String password, int memory, int passes, byte[] salt, int length) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memory)
                .withIterations(passes)
                .withParallelism(1)
                .withSalt(salt)
                .build());
        byte[] hash = new byte[length];
        generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
        return hash;
    }
}
