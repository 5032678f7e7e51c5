package io.burnish.alert.alert;

import io.burnish.alert.rule.Item;
import io.burnish.alert.type.AlertType;
import io.burnish.alert.type.Severity;
import java.time.Instant;
import java.util.Map;

/**
 * A momentary record.
 *
 * @param at when it happened; {@code null}: now
 * @param variant what the class adds
 * @param lustrePid process that reported it; {@code null} where that means nothing
 */
public record Event(
        AlertType type,
        Item item,
        String message,
        Severity severity,
        Instant at,
        Map<String, Object> variant,
        Integer lustrePid) {

    /** An event of this moment. */
    public Event(AlertType type, Item item, String message, Severity severity, Map<String, Object> variant) {
        this(type, item, message, severity, null, variant, null);
    }
}
