package io.burnish.servicetests;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.contracts.ServiceName;
import io.burnish.contracts.model.ObjectType;
import io.burnish.kit.api.Field;
import io.burnish.kit.api.Operation;
import io.burnish.kit.api.Resource;
import io.burnish.kit.api.http.ApiRouter;
import io.burnish.kit.api.query.Filter;
import io.burnish.kit.api.query.Operator;
import io.burnish.kit.execution.JobDefinition;
import io.burnish.kit.security.Level;
import io.burnish.kit.security.Principal;
import io.burnish.kit.security.Tokens;
import io.burnish.kit.sql.Database;
import io.burnish.lifecycle.job.JobCatalogue;
import io.burnish.lifecycle.job.JobType;
import io.micrometer.core.instrument.MeterRegistry;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/**
 * For every resource of a service: what is declared is served, what is served is declared, and a list costs the same number of statements
 * whatever its length. A service extends it and gives it a database of its own, which is filled with rows that mean nothing.
 */
public abstract class DeclaredResourcesTest {

    private static final List<HttpMethod> METHODS =
            List.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE);
    /**
     * The projection of facts, from which offers are computed, is read again after 100 ms: in some requests and not in others, and in a
     * slow one once for the objects and once at each level of embedded ones.
     */
    private static final int SOMETIMES = 3;

    /** What a filter of one type or the other takes, and what none does. */
    private static final List<String> VALUES =
            List.of("", "1", "true", "None", "2019-05-02", "word", "1,2", "%_\\", "99999999999999999999");

    @Inject
    ApiRouter router;

    @Inject
    Tokens tokens;

    @Inject
    Database database;

    @Inject
    MeterRegistry meters;

    @Inject
    @Any
    Instance<JobDefinition> definitions;

    @ConfigProperty(name = "quarkus.application.name")
    String service;

    /** SQL by {@code table.column} in which i is the row's number, for columns that do not take just anything. */
    protected Map<String, String> values() {
        return Map.of();
    }

    private RequestSpecification superuser() {
        Principal caller = new Principal(1, "somebody", Level.SUPERUSER, true, null);
        return given().header("Authorization", "Bearer " + tokens.mint(caller));
    }

    @Test
    void exactlyTheDeclaredMethodsAreServed() {
        assertThat(router.resources()).isNotEmpty();
        for (Resource resource : router.resources()) {
            methods(resource.path(), resource.list().keySet());
            methods(resource.path() + "1/", resource.detail().keySet());
            for (Resource.Extra extra : resource.extras()) {
                methods(
                        resource.path() + (extra.detail() ? "1/" : "") + extra.path() + "/",
                        extra.methods().keySet());
            }
        }
    }

    /** Nothing can be planned that nobody can carry out: it would hold its locks for ever. */
    @Test
    void everyJobOnObjectsOfThisServiceHasAnExecutor() {
        Set<String> executed =
                definitions.stream().flatMap(one -> one.jobClasses().stream()).collect(Collectors.toSet());
        assertThat(executed)
                .isEqualTo(JobCatalogue.all().stream()
                        .filter(type -> type.type().owner().equals(ServiceName.of(service)))
                        .map(JobType::name)
                        .collect(Collectors.toSet()));
    }

    /** Without a token what is declared is refused, and what is not declared is not there. */
    private void methods(String path, Set<HttpMethod> declared) {
        for (HttpMethod method : METHODS) {
            assertThat(given().request(method.name(), path).statusCode())
                    .as("%s %s", method, path)
                    .isEqualTo(declared.contains(method) ? 401 : 405);
        }
        assertThat(given().options(path).header("Allow"))
                .as("OPTIONS %s", path)
                .isEqualTo(
                        String.join(",", declared.stream().map(HttpMethod::name).toList()));
    }

    @Test
    void schemasShowExactlyTheDeclaredFields() {
        for (Resource resource : router.resources()) {
            if (resource.legacy()) {
                JsonPath schema = superuser()
                        .get(resource.path() + "schema/")
                        .then()
                        .statusCode(200)
                        .extract()
                        .jsonPath();
                assertThat(schema.getMap("fields").keySet())
                        .as(resource.name())
                        .isEqualTo(Set.copyOf(
                                resource.fields().stream().map(Field::name).toList()));
                assertThat(schema.getList("allowed_list_http_methods"))
                        .hasSize(resource.list().size());
            }
        }
    }

    @Test
    void everyDeclaredFilterAndOrderingIsAnsweredWhateverTheValue() {
        for (Resource resource : router.resources()) {
            Operation list = resource.list().get(HttpMethod.GET);
            if (list != null && list.work() instanceof Operation.ReadTable) {
                for (Field field : resource.fields()) {
                    if (field.orderable()) {
                        assertThat(status(resource, "order_by", "-" + field.name()))
                                .as("order by %s of %s", field.name(), resource.name())
                                .isEqualTo(200);
                    }
                    if (field.filter() != null) {
                        filters(resource, field.name(), field.filter());
                        field.filter()
                                .deeper()
                                .forEach((name, deeper) -> filters(resource, field.name() + "__" + name, deeper));
                    }
                }
                resource.parameters().keySet().forEach(parameter -> answered(resource, parameter));
            }
        }
    }

    private void filters(Resource resource, String path, Filter filter) {
        filter.operators()
                .forEach(operator ->
                        answered(resource, operator == Operator.EXACT ? path : path + "__" + operator.wire()));
    }

    private void answered(Resource resource, String parameter) {
        for (String value : VALUES) {
            assertThat(status(resource, parameter, value))
                    .as("%s?%s=%s", resource.path(), parameter, value)
                    .isIn(200, 400, 404);
        }
    }

    private int status(Resource resource, String parameter, String value) {
        return superuser()
                .queryParam(parameter, value)
                .queryParam("limit", 1)
                .get(resource.path())
                .statusCode();
    }

    @Test
    void aListCostsTheSameNumberOfStatementsWhateverItsLength() {
        for (Resource resource : router.resources()) {
            Operation list = resource.list().get(HttpMethod.GET);
            if (list != null && list.work() instanceof Operation.ReadTable) {
                double few = statements(resource, 5);
                assertThat(statements(resource, 50))
                        .as("%s, 50 rows", resource.name())
                        .isLessThanOrEqualTo(few + SOMETIMES);
                assertThat(statements(resource, 500))
                        .as("%s, 500 rows", resource.name())
                        .isLessThanOrEqualTo(few + SOMETIMES);
            }
        }
    }

    private double statements(Resource resource, int rows) {
        database.run(tx -> {
            Rows.fill(tx, resource.table().orElseThrow(), rows, values());
            neighbours(tx, rows);
        });
        double before = meters.counter("burnish.sql.reads").count();
        JsonPath answer = superuser()
                .get(resource.path() + "?limit=" + rows)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        double after = meters.counter("burnish.sql.reads").count();
        assertThat(answer.getList("objects")).as(resource.name()).hasSize(rows);
        Set<String> declared =
                Set.copyOf(resource.fields().stream().map(Field::name).toList());
        Set<String> always = Set.copyOf(resource.fields().stream()
                .filter(field -> !field.traits().absentWhenNull())
                .map(Field::name)
                .toList());
        assertThat(declared)
                .containsAll(answer.<String, Object>getMap("objects[0]").keySet());
        assertThat(answer.<String, Object>getMap("objects[0]").keySet()).containsAll(always);
        return after - before;
    }

    /** Something to embed for every id of every type. */
    private static void neighbours(io.burnish.kit.sql.Tx tx, int rows) {
        for (ObjectType type : ObjectType.values()) {
            tx.update("""
                INSERT INTO neighbour (ref, type, id, version, gone, observed, wire)
                SELECT $1::text || ':' || i, $1::text, i, 1, false, false,
                    jsonb_build_object('id', i, 'resource_uri', '/api/' || $1::text || '/' || i || '/', 'available_actions', '[]'::jsonb)
                FROM generate_series(1, %d) AS i ON CONFLICT DO NOTHING\
                """.formatted(rows), type.resource());
        }
    }
}
