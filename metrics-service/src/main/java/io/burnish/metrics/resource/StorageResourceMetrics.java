package io.burnish.metrics.resource;

import io.burnish.kit.api.ApiResource;
import io.burnish.kit.api.Resource;
import io.burnish.kit.api.query.Parameters;
import io.burnish.metrics.query.MeasuredObject;
import io.burnish.metrics.query.MeasuredObjects;
import io.burnish.metrics.query.MetricQueries;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/**
 * {@code /api/storage_resource/metric/} and {@code /api/storage_resource/<id>/metric/} (API contract, storage 23.7). There are no
 * storage plug-ins, hence no storage resources and nothing that measures them: the list is empty, no id exists.
 */
@ApplicationScoped
public class StorageResourceMetrics implements ApiResource, MeasuredObjects {

    private final Resource resource;

    StorageResourceMetrics(MetricQueries queries) {
        resource = MetricUrls.of("storage_resource", this, queries).build();
    }

    @Override
    public Resource resource() {
        return resource;
    }

    @Override
    public List<MeasuredObject> matching(Parameters parameters, String groupBy) {
        return List.of();
    }

    @Override
    public Optional<MeasuredObject> one(long id) {
        return Optional.empty();
    }
}
