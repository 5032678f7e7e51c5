package io.burnish.host.host;

import io.burnish.contracts.model.ObjectType;
import io.burnish.host.profile.ServerProfileResource;
import io.burnish.host.registration.HostAddition;
import io.burnish.host.registration.SshForm;
import io.burnish.host.spi.HostRegistry;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.ApiResource;
import io.burnish.kit.api.Field;
import io.burnish.kit.api.RelationLoader;
import io.burnish.kit.api.Relations;
import io.burnish.kit.api.Resource;
import io.burnish.kit.api.Shape;
import io.burnish.kit.api.Table;
import io.burnish.kit.api.Wire;
import io.burnish.kit.api.query.Operator;
import io.burnish.kit.api.query.Predicate;
import io.burnish.kit.offer.OfferFields;
import io.burnish.kit.security.Access;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.Locale;

/** {@code /api/host/} (API contract, core 2.15). */
@ApplicationScoped
public class HostResource implements ApiResource {

    private static final String NIDS = """
        (SELECT coalesce(json_agg(i.inet4_address || '@' || n.lnd_type || n.lnd_network ORDER BY i.id), '[]')::text
        FROM nid n JOIN network_interface i ON i.id = n.network_interface_id
        WHERE i.host_id = h.id AND n.lnd_type IS NOT NULL)\
        """;
    private static final String CLIENT_MOUNTS = """
        (SELECT coalesce(json_agg(json_build_object('filesystem_name', f.label, 'mountpoint', m.fact ->> 'mountpoint',
            'state', m.state) ORDER BY m.id), '[]')::text
        FROM neighbour m LEFT JOIN neighbour f ON f.ref = 'filesystem:' || (m.fact ->> 'filesystemId')
        WHERE m.type = 'client_mount' AND NOT m.gone AND m.fact ->> 'hostId' = h.id::text)\
        """;
    /** A scalar subquery, because of EXISTS the database makes one hash of all mounts for every page. */
    private static final String ACTIVE = """
        coalesce((SELECT true FROM target_mount t JOIN neighbour f ON f.ref = 'filesystem:' || t.filesystem_id
        WHERE t.host_id = h.id AND NOT f.gone AND f.state IN ('available', 'unavailable') LIMIT 1), false)\
        """;

    private static final Shape COMMAND_AND_HOST =
            Shape.object().with("command", Shape.of("command")).with("host", Shape.of("host"));
    private static final Wire CHANGE = Wire.STATE_CHANGE.gives(
            202, Shape.anyOf(Wire.COMMAND, COMMAND_AND_HOST, Shape.object().help("Nothing was asked for")));

    private final Resource resource;

    HostResource(
            ServerProfileResource profiles,
            OfferFields offers,
            Relations relations,
            Instance<HostStateRequests> states,
            Instance<HostAddition> addition) {
        resource = Resource.named("host")
                .table(Table.of("host h", "h.id", Predicate.of("h.not_deleted AND NOT h.provisional")))
                .fields(
                        Field.integer("id", "h.id")
                                .filter(Operator.EXACT, Operator.IN)
                                .identifying(),
                        Field.text("address", "h.address").writable().help("How the manager reaches the server"),
                        Field.text("fqdn", "h.fqdn")
                                .filter(Operator.EXACT, Operator.STARTSWITH)
                                .ordering(),
                        Field.text("nodename", "h.nodename"),
                        Field.text("label", "h.fqdn").mapped(fqdn -> HostRegistry.label((String) fqdn)),
                        Field.text("state", "h.state").writable(),
                        Field.datetime("state_modified_at", "h.state_modified_at"),
                        Field.bool("immutable_state", "h.immutable_state"),
                        Field.integer("content_type_id", Integer.toString(ObjectType.HOST.contentTypeId())),
                        Field.datetime("boot_time", "h.boot_time").orNull(),
                        Field.text("install_method", "h.install_method"),
                        Field.text("properties", "h.properties::text"),
                        Field.bool("needs_update", "h.needs_update"),
                        Field.bool("member_of_active_filesystem", ACTIVE),
                        Field.list("nids", NIDS).shaped(Shape.list(Shape.text())),
                        Field.list("client_mounts", CLIENT_MOUNTS)
                                .shaped(Shape.list(Shape.object()
                                        .with("filesystem_name", Shape.text().orNull())
                                        .with("mountpoint", Shape.text().orNull())
                                        .with("state", Shape.text()))),
                        Field.toOne(
                                        "server_profile",
                                        "h.profile",
                                        "server_profile",
                                        RelationLoader.of(profiles::resource))
                                .full()
                                .writable(),
                        configuration(relations, "lnet_configuration"),
                        configuration(relations, "corosync_configuration"),
                        configuration(relations, "pacemaker_configuration"),
                        Field.writeOnly("root_pw"),
                        Field.writeOnly("private_key"),
                        Field.writeOnly("private_key_passphrase"))
                .fields(offers.of(ObjectType.HOST, "h.id"))
                .parameter("filesystem_id", (value, all) -> Predicate.of("""
                    EXISTS (SELECT 1 FROM target_mount t WHERE t.host_id = h.id AND (t.filesystem_id = ? OR t.target_id =
                        (SELECT (f.fact ->> 'mgtId')::bigint FROM neighbour f WHERE f.ref = 'filesystem:' || ?)))\
                    """, number(value), value))
                .parameter("role", (value, all) -> role(value))
                .parameter(
                        "worker",
                        (value, all) -> value.isEmpty()
                                ? Predicate.TRUE
                                : Predicate.of("EXISTS (SELECT 1 FROM server_profile p WHERE p.name = h.profile AND"
                                        + " p.worker)"))
                .listable(Access.READ)
                .readable(Access.READ)
                .onList(
                        HttpMethod.POST,
                        Access.FSADMIN,
                        "Add over SSH",
                        Wire.bulk(SshForm.SHAPE, "command_and_host", COMMAND_AND_HOST),
                        call -> addition.get().add(call))
                .onList(
                        HttpMethod.PUT,
                        Access.FSADMIN,
                        "Deploy again",
                        Wire.bulk(SshForm.SHAPE, "command_and_host", COMMAND_AND_HOST),
                        call -> addition.get().deployAgain(call))
                .onDetail(HttpMethod.PUT, Access.FSADMIN, "Change the state", CHANGE, call -> states.get()
                        .put(call))
                .onDetail(HttpMethod.DELETE, Access.FSADMIN, "Remove", Wire.REMOVAL, call -> states.get()
                        .remove(call))
                .build();
    }

    private static Field configuration(Relations relations, String type) {
        return Field.toOne(
                        type,
                        "(SELECT c.id FROM " + type + " c WHERE c.host_id = h.id AND c.not_deleted)",
                        type,
                        relations.to(type))
                .orNull();
    }

    private static Predicate role(String value) {
        String kind =
                switch (value.toUpperCase(Locale.ROOT)) {
                    case "MGS" -> "MGT";
                    case "MDS" -> "MDT";
                    case "OSS" -> "OST";
                    default -> throw ApiError.badQuery("role must be one of MGS, MDS, OSS");
                };
        return Predicate.of("EXISTS (SELECT 1 FROM target_mount t WHERE t.host_id = h.id AND t.kind = ?)", kind);
    }

    private static long number(String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw ApiError.badQuery("Invalid resource lookup data provided (mismatched type).");
        }
    }

    @Override
    public Resource resource() {
        return resource;
    }
}
