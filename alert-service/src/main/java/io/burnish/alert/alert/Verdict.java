package io.burnish.alert.alert;

import io.burnish.alert.type.AlertType;
import io.burnish.alert.type.Severity;
import io.burnish.contracts.model.ObjectRef;
import java.util.List;

/** What a fact means for the alert of one class on one object. */
public sealed interface Verdict {

    /** Class of the alert. */
    AlertType type();

    /** The object concerned. */
    ObjectRef item();

    /**
     * The condition holds: there shall be an active alert. An active one stays as it is.
     *
     * @param itemText how the object is called
     * @param affected URIs of what suffers besides the object
     */
    record Raise(
            AlertType type, ObjectRef item, String itemText, String message, Severity severity, List<String> affected)
            implements Verdict {}

    /**
     * The condition is over.
     *
     * @param event what to record about the end; {@code null}: nothing
     */
    record Lower(AlertType type, ObjectRef item, EndEvent event) implements Verdict {}

    /** The question no longer arises, for example because the object is gone: an active alert ends without an event. */
    record Withdraw(AlertType type, ObjectRef item) implements Verdict {}

    /** A momentary record of the end of an alert, on an object that may be another one. */
    record EndEvent(String message, Severity severity, ObjectRef item, String itemText) {}
}
