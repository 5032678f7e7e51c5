package io.burnish.host.hub;

import io.burnish.kit.pki.CertificateAuthority;
import io.burnish.kit.sql.Database;
import io.burnish.kit.sql.Tx;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowIterator;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The certificates that were signed for servers: who an agent is, and whether it may connect (agent contract, 2.3). */
@ApplicationScoped
public class AgentCertificates {

    private final Database database;

    AgentCertificates(Database database) {
        this.database = database;
    }

    /** What a presented certificate says of its bearer. */
    public sealed interface Verdict {
        /** The bearer is this server. */
        record Known(long hostId, String fqdn) implements Verdict {}

        /** The bearer may not connect. */
        record Refused(String why) implements Verdict {}
    }

    /** The serial number as stored. */
    public static String serial(X509Certificate certificate) {
        return certificate.getSerialNumber().toString(16);
    }

    /** Looks a certificate up that the authority has signed and whose time has not passed: TLS has made sure of that. */
    Future<Verdict> identify(X509Certificate certificate) {
        String name = CertificateAuthority.commonName(certificate);
        return database.query(
                        "SELECT host_id, fqdn, revoked FROM agent_certificate WHERE serial = $1",
                        Tuple.of(serial(certificate)))
                .map(rows -> {
                    RowIterator<Row> iterator = rows.iterator();
                    return iterator.hasNext()
                            ? verdict(iterator.next(), name)
                            : new Verdict.Refused("this installation did not register it");
                });
    }

    private static Verdict verdict(Row row, String name) {
        if (row.getBoolean("revoked")) {
            return new Verdict.Refused("it is revoked");
        }
        if (!row.getString("fqdn").equals(name)) {
            return new Verdict.Refused("it was registered for " + row.getString("fqdn"));
        }
        return new Verdict.Known(row.getLong("host_id"), name);
    }

    /** Notes a certificate; earlier ones of the server are revoked, for the agent has a new key. */
    public void register(Tx tx, long hostId, String fqdn, X509Certificate certificate) {
        revokeAll(tx, hostId);
        tx.update(
                "INSERT INTO agent_certificate (serial, host_id, fqdn) VALUES ($1, $2, $3)",
                serial(certificate),
                hostId,
                fqdn);
    }

    /** Whether a certificate is still good; keeps it so until the end of the transaction. */
    boolean lockValid(Tx tx, String serial) {
        return tx.first("SELECT 1 FROM agent_certificate WHERE serial = $1 AND NOT revoked FOR SHARE", serial)
                .isPresent();
    }

    /** When the newest good certificate of a server was made, by the database's clock; empty if it has none. */
    public Optional<java.time.OffsetDateTime> registeredAt(Tx tx, long hostId) {
        return tx.first(
                        "SELECT max(created_at) AS at FROM agent_certificate WHERE host_id = $1 AND NOT revoked",
                        hostId)
                .map(row -> row.getOffsetDateTime("at"));
    }

    /** Revokes all certificates of a server. */
    void revokeAll(Tx tx, long hostId) {
        tx.update("""
                UPDATE agent_certificate SET revoked = true, revoked_at = now()
                WHERE host_id = $1 AND NOT revoked""", hostId);
    }

    /** Those of the serials that are not good any more. */
    List<String> revokedAmong(Tx tx, List<String> serials) {
        List<String> revoked = new ArrayList<>();
        for (Row row : tx.query("""
                SELECT u.serial FROM unnest($1::text[]) AS u (serial)
                LEFT JOIN agent_certificate c ON c.serial = u.serial
                WHERE c.serial IS NULL OR c.revoked""", (Object) serials.toArray(String[]::new))) {
            revoked.add(row.getString(0));
        }
        return revoked;
    }
}
