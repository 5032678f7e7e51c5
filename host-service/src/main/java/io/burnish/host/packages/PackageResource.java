package io.burnish.host.packages;

import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.ApiResource;
import io.burnish.kit.api.Field;
import io.burnish.kit.api.Relations;
import io.burnish.kit.api.Resource;
import io.burnish.kit.api.Table;
import io.burnish.kit.api.query.Predicate;
import io.burnish.kit.security.Access;
import jakarta.enterprise.context.ApplicationScoped;

/** {@code /api/package/} (API contract, core 2.19). */
@ApplicationScoped
class PackageResource implements ApiResource {

    private static final String HOSTS = """
            (SELECT coalesce(array_agg(h.host_id ORDER BY h.host_id), '{}') FROM host_package h
            WHERE h.package_version_id = p.id AND h.%s)""";

    private final Resource resource;

    PackageResource(Relations relations) {
        resource = Resource.named("package")
                .table(Table.of("package_version p", "p.id", Predicate.TRUE))
                .fields(
                        Field.text("name", "p.name").ordering(),
                        Field.integer("epoch", "p.epoch"),
                        Field.text("version", "p.version"),
                        Field.text("release", "p.release"),
                        Field.text("arch", "p.arch"),
                        Field.toMany("installed_hosts", HOSTS.formatted("installed"), "host", relations.to("host"))
                                .help("Servers that have this version"),
                        Field.toMany("available_hosts", HOSTS.formatted("available"), "host", relations.to("host"))
                                .help("Servers whose repositories offer this version"))
                .parameter("host", "Id of a server: versions that it has or could have", (value, all) -> ofHost(value))
                .listable(Access.READ)
                .build();
    }

    private static Predicate ofHost(String value) {
        try {
            return Predicate.of(
                    "p.id IN (SELECT h.package_version_id FROM host_package h WHERE h.host_id = ?)",
                    Long.parseLong(value));
        } catch (NumberFormatException e) {
            throw ApiError.badQuery("Invalid resource lookup data provided (mismatched type).");
        }
    }

    @Override
    public Resource resource() {
        return resource;
    }
}
