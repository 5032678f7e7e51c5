package io.burnish.kit.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.kit.api.Resource;
import io.burnish.kit.api.Table;
import io.burnish.kit.api.query.Predicate;
import io.burnish.kit.security.Access;
import io.vertx.core.http.HttpMethod;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** URL forms as in the API contract, core 1.1. */
class ResourcePathTest {

    private static final Resource HOST = Resource.named("host")
            .table(Table.of("host h", "h.id", Predicate.TRUE))
            .listable(Access.READ)
            .readable(Access.READ)
            .onListExtra("metric", HttpMethod.GET, Access.READ, "Metrics", call -> null)
            .onDetailExtra("metric", HttpMethod.GET, Access.READ, "Metrics", call -> null)
            .build();

    @ParameterizedTest
    @CsvSource({
        "/api/host/, LIST, , false",
        "/api/host, LIST, , true",
        "/api/host/schema/, SCHEMA, , false",
        "/api/host/set/1;2/, SET, 1;2, false",
        "/api/host/7/, DETAIL, 7, false",
        "/api/host/7, DETAIL, 7, true",
        "/api/host/1/foo/, DETAIL, 1/foo, false",
        "/api/host/a%20b/, DETAIL, a b, false",
        "/api/host/metric/, EXTRA, , false",
        "/api/host/7/metric/, EXTRA, 7, false",
        "/api/host/7/metric, EXTRA, 7, true"
    })
    void recognisesEveryForm(String path, ResourcePath.Form form, String id, boolean slashMissing) {
        ResourcePath found = ResourcePath.of(path, Map.of("host", HOST)).orElseThrow();
        assertThat(found.form()).isEqualTo(form);
        assertThat(found.id()).isEqualTo(id);
        assertThat(found.slashMissing()).isEqualTo(slashMissing);
    }

    @Test
    void unknownResourcesAreNoPath() {
        assertThat(ResourcePath.of("/api/nope/", Map.of("host", HOST))).isEmpty();
        assertThat(ResourcePath.of("/api/", Map.of("host", HOST))).isEmpty();
    }
}
