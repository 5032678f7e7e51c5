package io.burnish.alert.alert;

import io.burnish.alert.rule.Affected;
import io.burnish.alert.rule.Item;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.TargetKind;
import io.burnish.kit.sql.Tx;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The URIs of what suffers from a problem, as far as the facts tell. */
final class AffectedObjects {

    private static final String TARGETS = """
            SELECT n.id, n.fact ->> 'kind', (n.fact ->> 'filesystemId')::bigint FROM neighbour n
            WHERE n.type = 'target' AND NOT n.gone AND %s ORDER BY n.id""";
    private static final String ON_HOST =
            TARGETS.formatted("n.fact -> 'mounts' @> jsonb_build_array(jsonb_build_object('hostId', $1::bigint))");
    private static final String ON_VOLUMES = TARGETS.formatted("(n.fact ->> 'volumeId')::bigint = ANY ($1)");

    private AffectedObjects() {}

    /** The URI of the object itself, then those of the others, each once. */
    static String[] uris(Tx tx, Item item, Affected affected) {
        Set<String> uris = new LinkedHashSet<>();
        item.uri().ifPresent(uris::add);
        others(tx, affected).forEach(ref -> uris.add(ref.uri()));
        return uris.toArray(String[]::new);
    }

    private static List<ObjectRef> others(Tx tx, Affected affected) {
        return switch (affected) {
            case Affected.Objects objects -> objects.refs();
            case Affected.FilesystemsOf of ->
                filesystems(
                        tx, of.target().id(), of.target().kind(), of.target().filesystemId());
            case Affected.TargetsOn on -> targets(tx, ON_HOST, on.hostId());
            case Affected.TargetsOnVolumes on ->
                on.volumeIds().isEmpty()
                        ? List.of()
                        : targets(tx, ON_VOLUMES, (Object) on.volumeIds().toArray(Long[]::new));
        };
    }

    private static List<ObjectRef> targets(Tx tx, String sql, Object argument) {
        List<ObjectRef> refs = new ArrayList<>();
        tx.query(sql, argument).forEach(row -> {
            refs.add(ObjectRef.target(row.getLong(0)));
            refs.addAll(filesystems(tx, row.getLong(0), TargetKind.valueOf(row.getString(1)), row.getLong(2)));
        });
        return refs;
    }

    /** A target's file system; of an MGT all that it serves. */
    private static List<ObjectRef> filesystems(Tx tx, long target, TargetKind kind, Long filesystem) {
        if (kind != TargetKind.MGT) {
            return filesystem == null ? List.of() : List.of(ObjectRef.filesystem(filesystem));
        }
        List<ObjectRef> refs = new ArrayList<>();
        tx.query("""
                        SELECT id FROM neighbour WHERE type = 'filesystem' AND NOT gone AND (fact ->> 'mgtId')::bigint = $1
                        ORDER BY id""", target).forEach(row -> refs.add(ObjectRef.filesystem(row.getLong(0))));
        return refs;
    }
}
