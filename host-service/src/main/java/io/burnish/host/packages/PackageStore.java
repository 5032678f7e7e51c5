package io.burnish.host.packages;

import io.burnish.contracts.agent.report.PackageReport.Version;
import io.burnish.contracts.agent.report.PackageReport.Versions;
import io.burnish.host.host.HostStore;
import io.burnish.kit.sql.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Packages of servers in the database. A version that no server has and none is offered is not kept. */
@ApplicationScoped
public class PackageStore {

    private final HostStore hosts;

    PackageStore(HostStore hosts) {
        this.hosts = hosts;
    }

    /** A version of a package. */
    private record Known(String name, int epoch, String version, String release, String arch) {

        static Known of(String name, Version version) {
            return new Known(name, epoch(version.epoch()), version.version(), version.release(), version.arch());
        }

        static Known of(Row row) {
            return new Known(
                    row.getString("name"),
                    row.getInteger("epoch"),
                    row.getString("version"),
                    row.getString("release"),
                    row.getString("arch"));
        }

        private static int epoch(String text) {
            try {
                return Integer.parseInt(text);
            } catch (NumberFormatException e) {
                return 0;
            }
        }
    }

    /** What a server has to do with a version. */
    private record Presence(boolean installed, boolean available) {

        private static final Presence INSTALLED = new Presence(true, false);
        private static final Presence AVAILABLE = new Presence(false, true);

        Presence and(Presence other) {
            return new Presence(installed || other.installed, available || other.available);
        }
    }

    /** Takes what a server has reported, by repository and package name; tells everybody if updates wait now, or do no longer. */
    public void reported(Tx tx, long hostId, Map<String, Map<String, Versions>> report) {
        Map<Known, Presence> seen = presences(report);
        if (!seen.equals(stored(tx, hostId))) {
            replace(tx, hostId, seen);
        }
        Row profile = tx.one(
                "SELECT p.bundles, p.packages FROM host h JOIN server_profile p ON p.name = h.profile WHERE h.id = $1",
                hostId);
        boolean needed = new Updates(
                        Set.of(profile.getArrayOfStrings("bundles")), Set.of(profile.getArrayOfStrings("packages")))
                .waitIn(report);
        if (tx.update(
                        "UPDATE host SET needs_update = $2 WHERE id = $1 AND not_deleted AND needs_update <> $2",
                        hostId,
                        needed)
                > 0) {
            hosts.changed(tx, hostId, true);
        }
    }

    /** Whether repositories offer a package to a server. */
    public boolean offers(Tx tx, long hostId, String name) {
        return tx.first("""
                        SELECT 1 FROM host_package h JOIN package_version p ON p.id = h.package_version_id
                        WHERE h.host_id = $1 AND h.available AND p.name = $2 LIMIT 1""", hostId, name).isPresent();
    }

    /** Forgets what a server has. */
    public void forget(Tx tx, long hostId) {
        if (!stored(tx, hostId).isEmpty()) {
            replace(tx, hostId, Map.of());
        }
    }

    private static Map<Known, Presence> presences(Map<String, Map<String, Versions>> report) {
        Map<Known, Presence> seen = new LinkedHashMap<>();
        report.values()
                .forEach(repository -> repository.forEach((name, versions) -> {
                    versions.available()
                            .forEach(version -> seen.merge(Known.of(name, version), Presence.AVAILABLE, Presence::and));
                    versions.installed()
                            .forEach(version -> seen.merge(Known.of(name, version), Presence.INSTALLED, Presence::and));
                }));
        return seen;
    }

    private static Map<Known, Presence> stored(Tx tx, long hostId) {
        Map<Known, Presence> stored = new LinkedHashMap<>();
        tx.query("""
                        SELECT p.name, p.epoch, p.version, p.release, p.arch, h.installed, h.available
                        FROM host_package h JOIN package_version p ON p.id = h.package_version_id WHERE h.host_id = $1""", hostId)
                .forEach(row -> stored.put(
                        Known.of(row), new Presence(row.getBoolean("installed"), row.getBoolean("available"))));
        return stored;
    }

    /**
     * One at a time, the server's row first: a version must not go because nobody has it while somebody else's first mention of it is on its
     * way.
     */
    private static void replace(Tx tx, long hostId, Map<Known, Presence> seen) {
        tx.query("SELECT 1 FROM host WHERE id = $1 FOR NO KEY UPDATE", hostId);
        tx.query("LOCK TABLE package_version IN SHARE ROW EXCLUSIVE MODE");
        List<Known> versions = List.copyOf(seen.keySet());
        Object[] columns = {
            texts(versions, Known::name),
            versions.stream().map(Known::epoch).toArray(Integer[]::new),
            texts(versions, Known::version),
            texts(versions, Known::release),
            texts(versions, Known::arch)
        };
        tx.update("""
                INSERT INTO package_version (name, epoch, version, release, arch)
                SELECT * FROM unnest($1::text[], $2::int[], $3::text[], $4::text[], $5::text[])
                ON CONFLICT DO NOTHING""", columns);
        tx.update("DELETE FROM host_package WHERE host_id = $1", hostId);
        tx.update(
                """
                INSERT INTO host_package (host_id, package_version_id, installed, available)
                SELECT $6, p.id, s.installed, s.available
                FROM unnest($1::text[], $2::int[], $3::text[], $4::text[], $5::text[], $7::bool[], $8::bool[])
                    AS s(name, epoch, version, release, arch, installed, available)
                JOIN package_version p USING (name, epoch, version, release, arch)""",
                columns[0],
                columns[1],
                columns[2],
                columns[3],
                columns[4],
                hostId,
                versions.stream().map(version -> seen.get(version).installed()).toArray(Boolean[]::new),
                versions.stream().map(version -> seen.get(version).available()).toArray(Boolean[]::new));
        tx.update("""
                DELETE FROM package_version p
                WHERE NOT EXISTS (SELECT 1 FROM host_package h WHERE h.package_version_id = p.id)""");
    }

    private static String[] texts(List<Known> versions, Function<Known, String> column) {
        return versions.stream().map(column).toArray(String[]::new);
    }
}
