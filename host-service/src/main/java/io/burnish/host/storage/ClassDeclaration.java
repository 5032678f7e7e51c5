package io.burnish.host.storage;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.burnish.contracts.agent.SampleBatch.SeriesType;
import java.util.List;
import java.util.Optional;

/**
 * A class of storage resources, as its plug-in declares it.
 *
 * @param displayName for people
 * @param userCreatable whether users enter such resources, for example the address of a controller
 * @param identifiers attributes by which two reports mean the same resource
 * @param attributes in the order in which they are shown
 * @param parentClasses names of the classes that it is a kind of
 * @param scan of a root: how what is below it is asked for; {@code null}: not at all
 * @param drive attribute with the serial number under which servers see such a resource as a SCSI device; {@code null}: they do not
 */
record ClassDeclaration(
        String name,
        String displayName,
        boolean userCreatable,
        List<String> identifiers,
        List<AttributeDeclaration> attributes,
        List<Statistic> statistics,
        List<AlertCondition> conditions,
        List<String> parentClasses,
        ScanDeclaration scan,
        String drive) {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Something that is measured of each resource: {@code Counter} or {@code Gauge}. */
    record Statistic(String name, String label, String kind, String unit) {
        String shownLabel() {
            return label == null ? AttributeDeclaration.words(name) : label;
        }

        SeriesType type() {
            return "Counter".equals(kind) ? SeriesType.COUNTER : SeriesType.GAUGE;
        }
    }

    ClassDeclaration {
        identifiers = List.copyOf(identifiers);
        attributes = List.copyOf(attributes);
        statistics = statistics == null ? List.of() : List.copyOf(statistics);
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
        parentClasses = parentClasses == null
                ? List.of()
                : parentClasses.stream().sorted().toList();
    }

    Optional<AttributeDeclaration> attribute(String attribute) {
        return attributes.stream().filter(one -> one.name().equals(attribute)).findFirst();
    }

    /** For a table. */
    ArrayNode columns() {
        ArrayNode columns = JSON.arrayNode();
        attributes.stream().filter(AttributeDeclaration::shown).forEach(attribute -> columns.addObject()
                .put("name", attribute.name())
                .put("label", attribute.shownLabel()));
        return columns;
    }

    /** For an input form. */
    ArrayNode fields() {
        ArrayNode fields = JSON.arrayNode();
        attributes.stream().filter(attribute -> !attribute.hidden()).forEach(attribute -> fields.addObject()
                .put("name", attribute.name())
                .put("label", attribute.shownLabel())
                .put("optional", attribute.optional())
                .put("user_read_only", attribute.userReadOnly())
                .put("class", attribute.type()));
        return fields;
    }

    /** Descriptions of the statistics, by name. */
    com.fasterxml.jackson.databind.node.ObjectNode stats() {
        var stats = JSON.objectNode();
        statistics.forEach(statistic -> stats.putObject(statistic.name())
                .put("name", statistic.name())
                .put("label", statistic.shownLabel())
                .put("type", "timeseries")
                .put("unit_name", statistic.unit())
                .putNull("data"));
        return stats;
    }

    /** One chart for each statistic. */
    ArrayNode charts() {
        ArrayNode charts = JSON.arrayNode();
        statistics.forEach(statistic -> charts.addObject()
                .put("title", statistic.shownLabel())
                .putArray("series")
                .add(statistic.name()));
        return charts;
    }
}
