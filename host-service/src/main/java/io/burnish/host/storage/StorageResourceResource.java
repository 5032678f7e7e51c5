package io.burnish.host.storage;

import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.ApiResource;
import io.burnish.kit.api.Call;
import io.burnish.kit.api.Field;
import io.burnish.kit.api.Reply;
import io.burnish.kit.api.Resource;
import io.burnish.kit.api.Shape;
import io.burnish.kit.api.Table;
import io.burnish.kit.api.Wire;
import io.burnish.kit.api.query.Operator;
import io.burnish.kit.api.query.Predicate;
import io.burnish.kit.security.Access;
import io.burnish.kit.sql.Database;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;

/** {@code /api/storage_resource/} (API contract, storage 7). */
@ApplicationScoped
class StorageResourceResource implements ApiResource {

    private static final String ATTRIBUTES = """
        jsonb_build_array(r.attributes, c.attributes, (SELECT jsonb_object_agg(p.id, coalesce(p.alias, p.name))
        FROM storage_resource p WHERE p.id = ANY(r.refs)))::text\
        """;
    /** What a resource is built on, on any server, and that in turn; the resource itself among them. */
    private static final String ANCESTORS = """
            r.id IN (WITH RECURSIVE ancestor (id) AS (SELECT ?::text::bigint UNION
            SELECT unnest(g.parents) FROM storage_parent g JOIN ancestor a ON a.id = g.resource_id) SELECT id FROM ancestor)""";

    private static final String ALERTS = """
            coalesce((SELECT jsonb_agg(x.fact) FROM (SELECT n.fact FROM neighbour n WHERE n.type = 'alert' AND NOT n.gone AND %s
            ORDER BY n.id DESC LIMIT 100) x), '[]')::text""";
    private static final String OWN_ALERTS = ALERTS.formatted("(n.fact ->> 'itemId')::bigint = r.id");
    /** What is built on what has a problem may suffer from it. */
    private static final String ANCESTORS_ALERTS = ALERTS.formatted("""
            (n.fact ->> 'active')::boolean AND (n.fact ->> 'itemId')::bigint <> r.id AND (n.fact ->> 'itemId')::bigint IN (
            WITH RECURSIVE ancestor (id) AS (SELECT r.id UNION
            SELECT unnest(g.parents) FROM storage_parent g JOIN ancestor a ON a.id = g.resource_id) SELECT id FROM ancestor)""");

    private static final Shape ATTRIBUTE = Shape.object()
            .with("raw", Shape.anything())
            .with("markup", Shape.text())
            .with("label", Shape.text())
            .with("class", Shape.text());
    private static final Shape STATISTIC = Shape.object()
            .with("name", Shape.text())
            .with("label", Shape.text())
            .with("type", Shape.oneOf("timeseries", "histogram"))
            .with("unit_name", Shape.text())
            .with("data", Shape.anything());
    private static final Shape CHART =
            Shape.object().with("title", Shape.text()).with("series", Shape.list(Shape.text()));
    private static final Shape ALERT = Shape.object()
            .with("id", Shape.integer())
            .with("active", Shape.bool())
            .with("alert_item", Shape.text())
            .with("alert_item_id", Shape.integer())
            .with("alert_item_content_type_id", Shape.integer())
            .with("alert_message", Shape.text())
            .with("message", Shape.text())
            .with("alert_severity", Shape.text())
            .with("begin", Shape.text())
            .with("end", Shape.text());

    private static final Wire ROOT = Wire.takes(Shape.object()
                    .with("plugin_name", Shape.text())
                    .with("class_name", Shape.text())
                    .with("attrs", Shape.map(Shape.anything())))
            .gives(201, Shape.of("storage_resource"));

    private final Resource resource;
    private final Database database;
    private final ClassList classList;
    private final Instance<RootResources> roots;

    StorageResourceResource(Database database, ClassList classList, Instance<RootResources> roots) {
        this.database = database;
        this.classList = classList;
        this.roots = roots;
        resource = Resource.named("storage_resource")
                .table(Table.of(
                        "storage_resource r JOIN storage_resource_class c ON c.plugin_name = r.plugin_name AND"
                                + " c.class_name = r.class_name",
                        "r.id",
                        Predicate.of("c.loaded")))
                .fields(
                        Field.integer("id", "r.id").identifying(),
                        Field.text("plugin_name", "r.plugin_name").writable().filter(Operator.EXACT),
                        Field.text("class_name", "r.class_name").writable().filter(Operator.EXACT),
                        Field.text("alias", "coalesce(r.alias, r.name)")
                                .writable()
                                .help("Default: default_alias"),
                        Field.text("default_alias", "r.name"),
                        Field.dict("attributes", ATTRIBUTES)
                                .mapped(AttributeJson::render)
                                .shaped(Shape.map(ATTRIBUTE)),
                        Field.list("alerts", OWN_ALERTS)
                                .mapped(AlertJson::render)
                                .shaped(Shape.list(ALERT)),
                        Field.list("propagated_alerts", ANCESTORS_ALERTS)
                                .mapped(AlertJson::render)
                                .shaped(Shape.list(ALERT)),
                        Field.dict("stats", "c.stats::text").shaped(Shape.map(STATISTIC)),
                        Field.list("charts", "c.charts::text").shaped(Shape.list(CHART)),
                        Field.bool("deletable", "c.user_creatable"),
                        Field.list("parent_classes", "c.parent_classes::text").shaped(Shape.list(Shape.text())),
                        Field.text("storage_id_str", "r.identity"))
                .parameter("ancestor_of", (value, all) -> ancestors(value))
                .listable(Access.READ)
                .onList(HttpMethod.POST, Access.FSADMIN, "Enter a root resource", ROOT, this::create)
                .onDetail(
                        HttpMethod.GET,
                        Access.READ,
                        "Read one, or list a class by plug-in and class",
                        Wire.nothing().gives(200, Shape.anyOf(Shape.of("storage_resource"), Shape.object())),
                        this::read)
                .unimplementedDetailPost()
                .onDetail(HttpMethod.PUT, Access.FSADMIN, "Name it, or change its values", this::change)
                .onDetail(
                        HttpMethod.DELETE,
                        Access.FSADMIN,
                        "Remove it with what depends on it",
                        Wire.nothing().gives(202),
                        this::remove)
                .build();
    }

    @Override
    public Resource resource() {
        return resource;
    }

    private static Predicate ancestors(String value) {
        if (!value.matches("\\d{1,18}")) {
            throw ApiError.notFoundJson();
        }
        return Predicate.of(ANCESTORS, value);
    }

    private Reply create(Call call) {
        return Reply.created(roots.get().create(call.body()));
    }

    private Reply read(Call call) {
        return ClassPath.of(call.id())
                .map(path -> classList.read(call, path))
                .orElseGet(() -> Reply.stored(existing(call)));
    }

    private long existing(Call call) {
        long id = call.numericId();
        database.transaction(tx -> tx.first(
                        "SELECT 1 FROM storage_resource r JOIN storage_resource_class c USING (plugin_name,"
                                + " class_name) WHERE r.id = $1 AND c.loaded",
                        id))
                .orElseThrow(ApiError::notFound);
        return id;
    }

    private Reply change(Call call) {
        long id = existing(call);
        roots.get().change(id, call.body());
        return Reply.stored(id);
    }

    private Reply remove(Call call) {
        roots.get().remove(existing(call));
        return new Reply.Empty(202, null);
    }
}
