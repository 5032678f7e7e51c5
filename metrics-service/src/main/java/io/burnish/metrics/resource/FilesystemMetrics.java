package io.burnish.metrics.resource;

import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.contracts.model.TargetKind;
import io.burnish.kit.api.ApiResource;
import io.burnish.kit.api.Field;
import io.burnish.kit.api.Resource;
import io.burnish.kit.api.query.Operator;
import io.burnish.kit.api.query.Parameters;
import io.burnish.kit.sql.Database;
import io.burnish.metrics.query.MeasuredObject;
import io.burnish.metrics.query.MeasuredObjects;
import io.burnish.metrics.query.MetricQueries;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code /api/filesystem/metric/} and {@code /api/filesystem/<id>/metric/} (API contract, storage 23.6): a file system has no series of its
 * own, so its figures are made of its targets'.
 */
@ApplicationScoped
public class FilesystemMetrics implements ApiResource, MeasuredObjects {

    private static final String TARGETS = """
            SELECT id, fact ->> 'kind', (fact ->> 'filesystemId')::bigint FROM neighbour
            WHERE type = 'target' AND NOT gone AND fact ->> 'filesystemId' = ANY ($1) ORDER BY id""";

    private static final List<String> NOT_FILTERED = List.of(
            "label",
            "state",
            "state_modified_at",
            "immutable_state",
            "content_type_id",
            "mgt",
            "mdts",
            "osts",
            "conf_params",
            "bytes_total",
            "bytes_free",
            "files_total",
            "files_free",
            "client_count",
            "mount_path",
            "mount_command");

    private final KnownObjects objects;
    private final Database database;
    private final Resource resource;

    FilesystemMetrics(KnownObjects objects, Database database, MetricQueries queries) {
        this.objects = objects;
        this.database = database;
        resource = MetricUrls.of(ObjectType.FILESYSTEM.resource(), this, queries)
                .fields(
                        Field.integer("id", "n.id").filter(Operator.EXACT, Operator.IN),
                        Field.text("name", "n.label").filter(Operator.EXACT).ordering())
                .fields(HostMetrics.fields(NOT_FILTERED.stream()))
                .build();
    }

    @Override
    public Resource resource() {
        return resource;
    }

    @Override
    public List<MeasuredObject> matching(Parameters parameters, String groupBy) {
        return withTargets(objects.matching(resource, Map.of(), parameters, groupBy));
    }

    /** All file systems, ascending by id. Blocks. */
    public List<MeasuredObject> all() {
        return withTargets(objects.all(ObjectType.FILESYSTEM));
    }

    @Override
    public Optional<MeasuredObject> one(long id) {
        return objects.one(ObjectType.FILESYSTEM, id)
                .map(known -> withTargets(List.of(known)).getFirst());
    }

    private List<MeasuredObject> withTargets(Collection<KnownObjects.Known> filesystems) {
        Object ids = filesystems.stream()
                .map(known -> Long.toString(known.ref().id()))
                .toArray(String[]::new);
        Map<Long, Map<ObjectRef, TargetKind>> targets = new HashMap<>();
        for (Row row : Database.await(database.query(TARGETS, Tuple.of(ids)))) {
            targets.computeIfAbsent(row.getLong(2), id -> new LinkedHashMap<>())
                    .put(ObjectRef.target(row.getLong(0)), TargetKind.valueOf(row.getString(1)));
        }
        return filesystems.stream()
                .<MeasuredObject>map(known -> new MeasuredObject.Filesystem(
                        known.ref().id(), targets.getOrDefault(known.ref().id(), Map.of()), known.group()))
                .toList();
    }
}
