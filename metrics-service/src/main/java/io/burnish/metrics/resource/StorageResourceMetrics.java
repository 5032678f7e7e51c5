package io.burnish.metrics.resource;

import io.burnish.contracts.model.ObjectType;
import io.burnish.kit.api.ApiResource;
import io.burnish.kit.api.Field;
import io.burnish.kit.api.Resource;
import io.burnish.kit.api.query.Operator;
import io.burnish.kit.api.query.Parameters;
import io.burnish.metrics.query.MeasuredObject;
import io.burnish.metrics.query.MeasuredObjects;
import io.burnish.metrics.query.MetricQueries;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /api/storage_resource/metric/} and {@code /api/storage_resource/<id>/metric/} (API contract, storage 23.7 and 24.4). */
@ApplicationScoped
public class StorageResourceMetrics implements ApiResource, MeasuredObjects {

    private final KnownObjects objects;
    private final Resource resource;

    StorageResourceMetrics(KnownObjects objects, MetricQueries queries) {
        this.objects = objects;
        resource = MetricUrls.of(ObjectType.STORAGE_RESOURCE.resource(), this, queries)
                .fields(
                        Field.integer("id", "n.id").filter(Operator.EXACT, Operator.IN),
                        Field.text("plugin_name", "n.wire ->> 'plugin_name'").filter(Operator.EXACT),
                        Field.text("class_name", "n.fact ->> 'className'").filter(Operator.EXACT))
                .build();
    }

    @Override
    public Resource resource() {
        return resource;
    }

    @Override
    public List<MeasuredObject> matching(Parameters parameters, String groupBy) {
        return objects.matching(resource, Map.of(), parameters, groupBy).stream()
                .map(StorageResourceMetrics::measured)
                .toList();
    }

    @Override
    public Optional<MeasuredObject> one(long id) {
        return objects.one(ObjectType.STORAGE_RESOURCE, id).map(StorageResourceMetrics::measured);
    }

    private static MeasuredObject measured(KnownObjects.Known known) {
        return new MeasuredObject.Single(known.ref(), known.group());
    }
}
