package io.burnish.metrics.resource;

import io.burnish.kit.api.Resource;
import io.burnish.kit.api.ResourceBuilder;
import io.burnish.kit.security.Access;
import io.burnish.metrics.query.MeasuredObjects;
import io.burnish.metrics.query.MetricQueries;
import io.vertx.core.http.HttpMethod;

/** The two URLs under which a resource's statistics are found: {@code /api/<resource>/metric/} and {@code /api/<resource>/<id>/metric/}. */
final class MetricUrls {

    private MetricUrls() {}

    /** The declaration of a resource of this service, with these URLs and nothing else yet. */
    static ResourceBuilder of(String resource, MeasuredObjects objects, MetricQueries queries) {
        return Resource.named(resource)
                .onListExtra(
                        "metric",
                        HttpMethod.GET,
                        Access.READ,
                        "Statistics",
                        MetricWire.LIST,
                        call -> queries.list(objects, call))
                .onDetailExtra(
                        "metric",
                        HttpMethod.GET,
                        Access.READ,
                        "Statistics",
                        MetricWire.ONE,
                        call -> queries.one(objects, call));
    }
}
