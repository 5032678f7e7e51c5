package io.burnish.alert.alert;

import io.burnish.alert.rule.Item;
import io.burnish.alert.type.AlertType;
import io.burnish.contracts.fact.FilesystemFact;
import io.burnish.contracts.fact.HostFact;
import io.burnish.contracts.fact.StatefulFact;
import io.burnish.contracts.fact.StorageResourceFact;
import io.burnish.contracts.fact.TargetFact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.kit.sql.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Events that a fact means only by what was known before: a server has restarted, something is new (monitoring 2.6). */
@ApplicationScoped
class Discoveries {

    private static final DateTimeFormatter BOOT_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss:SSSSSS", Locale.ROOT);

    private final AlertStore alerts;

    Discoveries(AlertStore alerts) {
        this.alerts = alerts;
    }

    /**
     * A server says when it was started: another time than before is a restart.
     *
     * @param bootTime as in the API; {@code null}: unknown
     */
    void booted(Tx tx, HostFact host, String bootTime) {
        if (bootTime == null) {
            return;
        }
        Optional<Row> changed = tx.first("""
                WITH known AS (SELECT boot_time FROM host_boot WHERE host_id = $1)
                INSERT INTO host_boot AS b (host_id, boot_time) VALUES ($1, $2)
                ON CONFLICT (host_id) DO UPDATE SET boot_time = excluded.boot_time
                WHERE b.boot_time <> excluded.boot_time RETURNING (SELECT boot_time FROM known)\
                """, host.id(), bootTime);
        if (changed.isPresent() && changed.get().getString(0) != null) {
            alerts.event(
                    tx,
                    new Event(
                            AlertType.HOST_REBOOT,
                            Item.of(host),
                            host.label() + " restarted at " + bootTime,
                            AlertType.HOST_REBOOT.severity(),
                            Map.of("boot_time", variantTime(bootTime))));
        }
    }

    /** The form of {@code variant}: {@code 2026-03-02 08:20:10:311000}. */
    private static String variantTime(String time) {
        try {
            return OffsetDateTime.parse(time.matches(".*([Zz]|[+-]\\d\\d:\\d\\d)$") ? time : time + "Z")
                    .withOffsetSameInstant(ZoneOffset.UTC)
                    .format(BOOT_TIME);
        } catch (DateTimeParseException e) {
            return time;
        }
    }

    /** A plug-in has found a storage resource: told once. */
    void learned(Tx tx, StorageResourceFact resource) {
        if (resource.discovered()
                && tx.first(
                                "INSERT INTO announced_resource (id) VALUES ($1) ON CONFLICT DO NOTHING RETURNING 1",
                                resource.id())
                        .isPresent()) {
            alerts.event(
                    tx,
                    new Event(
                            AlertType.STORAGE_RESOURCE_LEARN,
                            Item.of(resource.ref(), resource.label()),
                            "Discovered %s '%s'".formatted(resource.className(), resource.label()),
                            AlertType.STORAGE_RESOURCE_LEARN.severity(),
                            Map.of("storage_resource_id", resource.id())));
        }
    }

    /**
     * A target that nobody here created was found on its server: told once.
     *
     * @param host that has it; {@code null}: unknown
     */
    void found(Tx tx, TargetFact target, Item host) {
        found(tx, target, "Discovered formatted target " + target.label(), host);
    }

    /** A file system that nobody here created was found: told once, on the server that runs its MGS. */
    void found(Tx tx, FilesystemFact filesystem) {
        Optional<Item> mgs = tx.first("""
                        SELECT h.id, h.label FROM neighbour t JOIN neighbour h
                            ON h.ref = 'host:' || (t.fact #>> '{mounts,0,hostId}')
                        WHERE t.ref = $1\
                        """, ObjectRef.target(filesystem.mgtId()).toString())
                .map(row -> Item.host(row.getLong(0), row.getString(1)));
        found(
                tx,
                filesystem,
                "Discovered filesystem " + filesystem.label()
                        + mgs.map(host -> " on MGS " + host.text()).orElse(""),
                mgs.orElse(null));
    }

    private void found(Tx tx, StatefulFact fact, String message, Item host) {
        if (tx.first(
                        "INSERT INTO announced_object (ref) VALUES ($1) ON CONFLICT DO NOTHING RETURNING 1",
                        fact.ref().toString())
                .isPresent()) {
            alerts.event(
                    tx,
                    new Event(
                            AlertType.LEARN,
                            host == null ? Item.of(fact) : host,
                            message,
                            AlertType.LEARN.severity(),
                            Map.of(
                                    "learned_item_id",
                                    fact.id(),
                                    "learned_item_type",
                                    fact.ref().type().resource())));
        }
    }

    /** Removed objects need not be remembered: their numbers are not used again. */
    void forget(Tx tx, Collection<ObjectRef> gone) {
        forget(tx, gone, ObjectType.HOST, "DELETE FROM host_boot WHERE host_id = ANY ($1)");
        forget(tx, gone, ObjectType.HOST, "DELETE FROM accepted_nids WHERE host_id = ANY ($1)");
        forget(tx, gone, ObjectType.HOST, "DELETE FROM observation_seen WHERE host_id = ANY ($1)");
        forget(tx, gone, ObjectType.STORAGE_RESOURCE, "DELETE FROM announced_resource WHERE id = ANY ($1)");
        forget(
                tx,
                gone,
                ObjectType.TARGET,
                "DELETE FROM announced_object WHERE ref IN (SELECT 'target:' || unnest($1::bigint[]))");
        forget(
                tx,
                gone,
                ObjectType.FILESYSTEM,
                "DELETE FROM announced_object WHERE ref IN (SELECT 'filesystem:' || unnest($1::bigint[]))");
    }

    private static void forget(Tx tx, Collection<ObjectRef> gone, ObjectType type, String sql) {
        Long[] ids = gone.stream()
                .filter(ref -> ref.type() == type)
                .map(ObjectRef::id)
                .toArray(Long[]::new);
        if (ids.length > 0) {
            tx.update(sql, (Object) ids);
        }
    }
}
