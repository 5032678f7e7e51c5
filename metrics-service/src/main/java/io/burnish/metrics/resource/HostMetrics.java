package io.burnish.metrics.resource;

import io.burnish.contracts.model.ObjectType;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.ApiResource;
import io.burnish.kit.api.Field;
import io.burnish.kit.api.Resource;
import io.burnish.kit.api.Resource.ListParameter;
import io.burnish.kit.api.query.Operator;
import io.burnish.kit.api.query.Parameters;
import io.burnish.kit.api.query.Predicate;
import io.burnish.metrics.query.MeasuredObject;
import io.burnish.metrics.query.MeasuredObjects;
import io.burnish.metrics.query.MetricQueries;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code /api/host/metric/} and {@code /api/host/<id>/metric/} (API contract, core 2.16), with the filters of {@code /api/host/}. */
@ApplicationScoped
public class HostMetrics implements ApiResource, MeasuredObjects {

    private static final String MOUNTED_HERE =
            "t.fact -> 'mounts' @> jsonb_build_array(jsonb_build_object('hostId', n.id))";
    private static final String WITH_TARGET =
            "EXISTS (SELECT 1 FROM neighbour t WHERE t.type = 'target' AND NOT t.gone AND " + MOUNTED_HERE + " AND %s)";

    private static final Map<String, ListParameter> PARAMETERS = Map.of(
            "filesystem_id", (value, all) -> TargetsOfFilesystem.with(WITH_TARGET, FilterValue.id(value)),
            "role", (value, all) -> Predicate.of(WITH_TARGET.formatted("t.fact ->> 'kind' = ?"), kind(value)),
            "worker",
                    (value, all) -> value.isEmpty()
                            ? Predicate.TRUE
                            : Predicate.of("(n.fact -> 'profile' ->> 'worker')::boolean"));

    private static final List<String> NOT_FILTERED = List.of(
            "address",
            "nodename",
            "label",
            "state",
            "state_modified_at",
            "immutable_state",
            "content_type_id",
            "boot_time",
            "install_method",
            "properties",
            "needs_update",
            "member_of_active_filesystem",
            "nids",
            "client_mounts",
            "server_profile",
            "lnet_configuration",
            "corosync_configuration",
            "pacemaker_configuration");

    private final KnownObjects objects;
    private final Resource resource;

    HostMetrics(KnownObjects objects, MetricQueries queries) {
        this.objects = objects;
        resource = MetricUrls.of(ObjectType.HOST.resource(), this, queries)
                .fields(
                        Field.integer("id", "n.id").filter(Operator.EXACT, Operator.IN),
                        Field.text("fqdn", "n.fact ->> 'fqdn'")
                                .filter(Operator.EXACT, Operator.STARTSWITH)
                                .ordering())
                .fields(fields(NOT_FILTERED.stream()))
                .build();
    }

    @Override
    public Resource resource() {
        return resource;
    }

    @Override
    public List<MeasuredObject> matching(Parameters parameters, String groupBy) {
        return objects.matching(resource, PARAMETERS, parameters, groupBy).stream()
                .map(HostMetrics::measured)
                .toList();
    }

    @Override
    public Optional<MeasuredObject> one(long id) {
        return objects.one(ObjectType.HOST, id).map(HostMetrics::measured);
    }

    /** Fields that a filter may name only to be told that it must not. */
    static List<Field> fields(Stream<String> names) {
        return names.map(name -> Field.text(name, null)).toList();
    }

    private static MeasuredObject measured(KnownObjects.Known known) {
        return new MeasuredObject.Single(known.ref(), known.group());
    }

    private static String kind(String role) {
        return switch (role.toUpperCase(Locale.ROOT)) {
            case "MGS" -> "MGT";
            case "MDS" -> "MDT";
            case "OSS" -> "OST";
            default -> throw ApiError.badQuery("role must be one of MGS, MDS, OSS");
        };
    }
}
