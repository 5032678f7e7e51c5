package io.burnish.alert.log;

import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.ApiResource;
import io.burnish.kit.api.Field;
import io.burnish.kit.api.FieldType;
import io.burnish.kit.api.Resource;
import io.burnish.kit.api.Shape;
import io.burnish.kit.api.Table;
import io.burnish.kit.api.query.Filter;
import io.burnish.kit.api.query.Operator;
import io.burnish.kit.api.query.Predicate;
import io.burnish.kit.security.Access;
import io.burnish.kit.security.Level;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** {@code /api/log/} (API contract, core 2.7). Only administrators see lines that are not Lustre's. */
@ApplicationScoped
public class LogResource implements ApiResource {

    /**
     * Spans of the message that name a live server or target, with their links. A NID that several servers have, or none, is no
     * link.
     */
    private static final String SUBSTITUTIONS = """
        (SELECT coalesce(json_agg(json_build_object('start', m.start, 'end', m."end", 'label', o.label,
            'resource_uri', '/api/' || o.type || '/' || o.id || '/') ORDER BY m.start), '[]')::text
        FROM jsonb_to_recordset(l.mentions) AS m (start int, "end" int, nid text, target text)
        CROSS JOIN LATERAL (
            (SELECT t.label, t.type, t.id FROM neighbour t
                WHERE m.target IS NOT NULL AND t.type = 'target' AND NOT t.gone AND t.label = m.target
                ORDER BY t.id LIMIT 1)
            UNION ALL
            (SELECT min(h.label), 'host', min(h.id) FROM neighbour n JOIN neighbour h
                ON h.ref = 'host:' || (n.fact ->> 'hostId') AND NOT h.gone
                WHERE m.nid IS NOT NULL AND n.type = 'lnet_configuration' AND NOT n.gone
                    AND n.fact -> 'nids' @> to_jsonb(m.nid) HAVING count(*) = 1)) AS o)\
        """;

    private final Resource resource = Resource.named("log")
            .table(Table.of("log_line l", "l.id", Predicate.TRUE).orderedBy("l.at DESC, l.id DESC"))
            .timesWithOffset()
            .visible(caller -> caller.level().includes(Level.FSADMIN)
                    ? Predicate.TRUE
                    : new Predicate("l.message_class IN (1, 2)", List.of()))
            .fields(
                    Field.integer("id", "l.id").identifying(),
                    Field.datetime("datetime", "l.at").filter(Operator.ORDERED).ordering(),
                    Field.text("fqdn", "l.fqdn").filter(Operator.TEXT).ordering(),
                    Field.integer("severity", "l.severity").help("RFC 5424 severity"),
                    Field.integer("facility", "l.facility").help("RFC 5424 facility"),
                    Field.text("tag", "l.tag").filter(Operator.TEXT).help("Program"),
                    Field.text("message", "l.message").filter(Operator.TEXT),
                    Field.text("message_class", "l.message_class")
                            .words(MessageClass.words())
                            .filter(Filter.on("l.message_class", FieldType.STRING, Operator.ENUMERATED)
                                    .vocabulary(MessageClass.numbers(), false)),
                    Field.list("substitutions", SUBSTITUTIONS)
                            .shaped(Shape.list(Shape.object()
                                    .with("start", Shape.integer())
                                    .with("end", Shape.integer().help("Exclusive"))
                                    .with("label", Shape.text())
                                    .with("resource_uri", Shape.text())))
                            .help("Spans of the message that can become links"))
            .parameter("host_id", (value, all) -> ofHost(value))
            .listable(Access.READ)
            .readable(Access.READ)
            .build();

    @Override
    public Resource resource() {
        return resource;
    }

    private static Predicate ofHost(String id) {
        try {
            return Predicate.of(
                    "l.fqdn = (SELECT n.fact ->> 'fqdn' FROM neighbour n WHERE n.ref = 'host:' || ?)",
                    Long.toString(Long.parseLong(id)));
        } catch (NumberFormatException e) {
            throw ApiError.badQuery("Invalid resource lookup data provided (mismatched type).");
        }
    }
}
