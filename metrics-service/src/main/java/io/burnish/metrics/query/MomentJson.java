package io.burnish.metrics.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.kit.api.query.Times;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** A series on the wire: {@code [{"ts": "2013-04-19T20:34:20+00:00", "data": {"kbytesfree": 1418841.0}}, …]} (storage 23.3). */
final class MomentJson {

    private MomentJson() {}

    static ArrayNode of(List<Moment> moments) {
        ArrayNode series = JsonNodeFactory.instance.arrayNode();
        for (Moment moment : moments) {
            ObjectNode point = series.addObject();
            point.put("ts", Times.text(Instant.ofEpochMilli(moment.at()).atOffset(ZoneOffset.UTC), true));
            ObjectNode data = point.putObject("data");
            moment.values().forEach(data::put);
        }
        return series;
    }
}
