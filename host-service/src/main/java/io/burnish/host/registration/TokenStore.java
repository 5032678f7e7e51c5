package io.burnish.host.registration;

import io.burnish.kit.sql.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Registration tokens (API contract, core 2.13; orchestration 3.10). Usable: not cancelled, not expired, credits left. A credit is
 * taken by one statement, so two servers never share one.
 */
@ApplicationScoped
class TokenStore {

    /** Condition of a usable token. */
    static final String USABLE = "NOT t.cancelled AND t.expiry > now() AND t.credits > 0";

    private static final int SECRET_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * A usable token.
     *
     * @param hostId the server that it deploys; {@code null}: any
     * @param commandId the command that deploys it
     */
    record Token(long id, String profile, Long hostId, Long commandId) {}

    /** A new token; returns its id. */
    long create(Tx tx, String profile, OffsetDateTime expiry, int credits) {
        return tx.one(
                        "INSERT INTO registration_token (secret, expiry, credits, profile) VALUES ($1, $2, $3, $4) RETURNING id",
                        secret(),
                        expiry,
                        credits,
                        profile)
                .getLong(0);
    }

    /** A token for the deployment of one server, in place of earlier ones for it; returns its secret. */
    String forDeployment(Tx tx, long hostId, Long commandId, String profile, Duration lifetime) {
        endDeployment(tx, hostId);
        String secret = secret();
        tx.update("""
                INSERT INTO registration_token (secret, expiry, credits, profile, host_id, command_id)
                VALUES ($1, now() + make_interval(secs => $2), 1, $3, $4, $5)""", secret, (double) lifetime.toSeconds(), profile, hostId, commandId);
        return secret;
    }

    /** No token deploys that server any more. */
    void endDeployment(Tx tx, long hostId) {
        tx.update("UPDATE registration_token SET cancelled = true WHERE host_id = $1 AND NOT cancelled", hostId);
    }

    /** The usable token with that secret. */
    Optional<Token> usable(Tx tx, String secret) {
        return tx.first(
                        "SELECT id, profile, host_id, command_id FROM registration_token t WHERE secret = $1 AND "
                                + USABLE,
                        secret)
                .map(TokenStore::token);
    }

    /** Takes one credit of the usable token with that secret. */
    Optional<Token> spend(Tx tx, String secret) {
        return tx.first(
                        "UPDATE registration_token t SET credits = credits - 1 WHERE secret = $1 AND " + USABLE
                                + " RETURNING id, profile, host_id, command_id",
                        secret)
                .map(TokenStore::token);
    }

    /** The registration did not come about: its credit can be used again. */
    void giveBack(Tx tx, long tokenId) {
        tx.update("UPDATE registration_token SET credits = credits + 1 WHERE id = $1", tokenId);
    }

    private static Token token(Row row) {
        return new Token(
                row.getLong("id"), row.getString("profile"), row.getLong("host_id"), row.getLong("command_id"));
    }

    private static String secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().withUpperCase().formatHex(bytes);
    }
}
