package io.burnish.host.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.model.ObjectType;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Alerts as a storage resource shows them (API contract, storage 7.1): times are text in the manager's time zone. Pure. */
final class AlertJson {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

    private AlertJson() {}

    /**
     * Renders.
     *
     * @param selected JSON text: a list of alert facts
     */
    static Object render(Object selected) {
        ArrayNode shown = JsonNodeFactory.instance.arrayNode();
        for (JsonNode alert : ContractJson.read((String) selected, ArrayNode.class)) {
            String begin = time(alert.path("begin"));
            shown.addObject()
                    .put("id", alert.path("id").asLong())
                    .put("active", alert.path("active").asBoolean())
                    .put("alert_item", alert.path("itemLabel").asText())
                    .put("alert_item_id", alert.path("itemId").asLong())
                    .put("alert_item_content_type_id", ObjectType.STORAGE_RESOURCE.contentTypeId())
                    .put("alert_message", alert.path("message").asText())
                    .put("message", alert.path("message").asText())
                    .put("alert_severity", "alert")
                    .put("begin", begin)
                    .put("end", alert.path("end").isTextual() ? time(alert.path("end")) : begin);
        }
        return shown.toString();
    }

    private static String time(JsonNode instant) {
        return TIME.format(Instant.parse(instant.asText()));
    }
}
