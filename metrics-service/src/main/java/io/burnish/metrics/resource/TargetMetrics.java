package io.burnish.metrics.resource;

import io.burnish.contracts.model.ObjectType;
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
import java.util.Map;
import java.util.Optional;

/**
 * {@code /api/target/metric/} and {@code /api/target/<id>/metric/} (API contract, storage 23), with the filters of {@code /api/target/}
 * (storage 3.2).
 */
@ApplicationScoped
public class TargetMetrics implements ApiResource, MeasuredObjects {

    private static final String SELF = "EXISTS (SELECT 1 FROM neighbour t WHERE t.ref = n.ref AND %s)";
    private static final String MOUNTED =
            "n.fact -> 'mounts' @> jsonb_build_array(jsonb_build_object('hostId', ?::bigint))";
    private static final String MOUNTED_AS =
            "n.fact -> 'mounts' @> jsonb_build_array(jsonb_build_object('hostId', ?::bigint, 'primary', ?::boolean))";

    private static final Map<String, ListParameter> PARAMETERS = Map.of(
            "kind", (value, all) -> Predicate.of("n.fact ->> 'kind' = upper(?)", value),
            "filesystem_id", (value, all) -> TargetsOfFilesystem.with(SELF, FilterValue.id(value)),
            "host_id", (value, all) -> onHost(FilterValue.id(value), all),
            "primary", (value, all) -> Predicate.TRUE);

    private static final List<String> NOT_FILTERED = List.of(
            "label",
            "index",
            "uuid",
            "ha_label",
            "inode_size",
            "inode_count",
            "state",
            "state_modified_at",
            "content_type_id",
            "conf_params",
            "filesystem",
            "filesystem_name",
            "filesystems",
            "volume",
            "volume_name",
            "primary_server",
            "primary_server_name",
            "failover_servers",
            "failover_server_name",
            "active_host",
            "active_host_name");

    private final KnownObjects objects;
    private final Resource resource;

    TargetMetrics(KnownObjects objects, MetricQueries queries) {
        this.objects = objects;
        resource = MetricUrls.of(ObjectType.TARGET.resource(), this, queries)
                .fields(
                        Field.integer("id", "n.id").filter(Operator.EXACT, Operator.IN),
                        Field.text("name", "n.label").filter(Operator.EXACT).ordering(),
                        Field.bool("immutable_state", "(n.fact ->> 'immutableState')::boolean")
                                .filter(Operator.EXACT))
                .fields(HostMetrics.fields(NOT_FILTERED.stream()))
                .build();
    }

    @Override
    public Resource resource() {
        return resource;
    }

    @Override
    public List<MeasuredObject> matching(Parameters parameters, String groupBy) {
        return objects.matching(resource, PARAMETERS, parameters, groupBy).stream()
                .map(TargetMetrics::measured)
                .toList();
    }

    @Override
    public Optional<MeasuredObject> one(long id) {
        return objects.one(ObjectType.TARGET, id).map(TargetMetrics::measured);
    }

    private static MeasuredObject measured(KnownObjects.Known known) {
        return new MeasuredObject.Single(known.ref(), known.group());
    }

    private static Predicate onHost(long host, Parameters all) {
        return all.last("primary")
                .filter(text -> !text.isEmpty())
                .map(text -> Predicate.of(MOUNTED_AS, host, FilterValue.isTrue(text)))
                .orElseGet(() -> Predicate.of(MOUNTED, host));
    }
}
