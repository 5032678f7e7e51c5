package io.burnish.alert.rule;

import io.burnish.alert.type.AlertType;
import io.burnish.alert.type.Severity;
import java.util.Map;

/** What a fact means for the alert of one class on one object. */
public sealed interface Verdict {

    /** Class of the alert. */
    AlertType type();

    /** Its type: the name of the class, but for storage, where each condition is a type. */
    String name();

    /** The object concerned. */
    Item item();

    /**
     * The condition holds: there shall be an active alert. An active one stays as it is.
     *
     * @param affected what suffers besides the object
     * @param variant what the class adds
     */
    record Raise(
            AlertType type,
            String name,
            Item item,
            String message,
            Severity severity,
            Affected affected,
            Map<String, Object> variant)
            implements Verdict {

        /** An alert of the class's own type and severity on which nothing else depends. */
        public Raise(AlertType type, Item item, String message) {
            this(type, item, message, type.severity(), Affected.NOTHING);
        }

        /** An alert of the class's own type. */
        public Raise(AlertType type, Item item, String message, Severity severity, Affected affected) {
            this(type, type.wire(), item, message, severity, affected, Map.of());
        }
    }

    /**
     * The condition is over.
     *
     * @param event what to record about the end; {@code null}: nothing
     */
    record Lower(AlertType type, String name, Item item, EndEvent event) implements Verdict {

        /** The end of an alert of the class's own type. */
        public Lower(AlertType type, Item item, EndEvent event) {
            this(type, type.wire(), item, event);
        }

        /** The end with a harmless remark on the object itself. */
        public Lower(AlertType type, Item item, String message) {
            this(type, item, new EndEvent(message, Severity.INFO, item));
        }
    }

    /** The question no longer arises, for example because the object is gone: an active alert ends without an event. */
    record Withdraw(AlertType type, String name, Item item) implements Verdict {

        /** Of an alert of the class's own type. */
        public Withdraw(AlertType type, Item item) {
            this(type, type.wire(), item);
        }
    }

    /** A momentary record of the end of an alert, on an object that may be another one. */
    record EndEvent(String message, Severity severity, Item item) {}
}
