package io.burnish.metrics.resource;

import io.burnish.kit.api.ApiResource;
import io.burnish.kit.api.Resource;
import io.burnish.kit.api.query.Parameters;
import io.burnish.kit.security.Access;
import io.burnish.metrics.query.MeasuredObject;
import io.burnish.metrics.query.MeasuredObjects;
import io.burnish.metrics.query.MetricQueries;
import io.vertx.core.http.HttpMethod;
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
        resource = Resource.named("storage_resource")
                .onListExtra(
                        "metric",
                        HttpMethod.GET,
                        Access.READ,
                        "Statistics",
                        MetricWire.LIST,
                        call -> queries.list(this, call))
                .onDetailExtra(
                        "metric",
                        HttpMethod.GET,
                        Access.READ,
                        "Statistics",
                        MetricWire.ONE,
                        call -> queries.one(this, call))
                .build();
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
