package io.burnish.filesystem.copytool;

import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.ApiResource;
import io.burnish.kit.api.Field;
import io.burnish.kit.api.RelationLoader;
import io.burnish.kit.api.Resource;
import io.burnish.kit.api.Table;
import io.burnish.kit.api.query.Predicate;
import io.burnish.kit.security.Access;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.stream.Collectors;

/** {@code /api/copytool_operation/} (API contract, storage 13): what copytools do, from their events. */
@ApplicationScoped
class CopytoolOperationResource implements ApiResource {

    private static final String DESCRIPTION = "CASE o.state %s END || ' ' || CASE o.type %s END"
            .formatted(
                    Arrays.stream(OperationState.values())
                            .map(state -> "WHEN %d THEN '%s'".formatted(state.number(), state.phrase()))
                            .collect(Collectors.joining(" ")),
                    Arrays.stream(OperationType.values())
                            .map(type -> "WHEN %d THEN %s"
                                    .formatted(type.number(), type.phrase("coalesce(o.path, o.fid, '')")))
                            .collect(Collectors.joining(" ")));

    private final Resource resource;

    CopytoolOperationResource(CopytoolResource copytools) {
        resource = Resource.named("copytool_operation")
                .table(Table.of(
                        "copytool_operation o JOIN copytool c ON c.id = o.copytool_id",
                        "o.id",
                        Predicate.of("c.not_deleted")))
                .fields(
                        Field.integer("id", "o.id").identifying(),
                        Field.toOne("copytool", "o.copytool_id", "copytool", RelationLoader.of(copytools::resource))
                                .full(),
                        Field.text("state", "o.state").words(OperationState.words()),
                        Field.text("type", "o.type").words(OperationType.words()),
                        Field.text("description", DESCRIPTION),
                        Field.datetime("started_at", "o.started_at").orNull(),
                        Field.datetime("updated_at", "o.updated_at").orNull(),
                        Field.datetime("finished_at", "o.finished_at").orNull(),
                        Field.bigInteger("processed_bytes", "o.processed_bytes").orNull(),
                        Field.bigInteger("total_bytes", "o.total_bytes").orNull(),
                        Field.text("path", "o.path").orNull(),
                        Field.text("fid", "o.fid").orNull(),
                        Field.text("info", "o.info").orNull().help("Why it failed"))
                .parameter("active", (value, all) -> active(value))
                .parameter("filesystem_id", (value, all) -> CopytoolResource.ofFilesystem("c.filesystem_id", value))
                .listable(Access.READ)
                .readable(Access.READ)
                .build();
    }

    @Override
    public Resource resource() {
        return resource;
    }

    private static Predicate active(String value) {
        return switch (value) {
            case "" -> Predicate.TRUE;
            case "true", "True", "1" -> Predicate.of("o.started_at IS NOT NULL AND o.finished_at IS NULL");
            case "false", "False", "0" -> Predicate.of("o.started_at IS NULL OR o.finished_at IS NOT NULL");
            default -> throw ApiError.badQuery("Invalid resource lookup data provided (mismatched type).");
        };
    }
}
