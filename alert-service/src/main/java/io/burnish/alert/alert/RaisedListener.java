package io.burnish.alert.alert;

import io.burnish.alert.type.AlertType;
import io.burnish.kit.sql.Tx;

/** A bean that is told, in the same transaction, of every row that begins to be an alert of a class. */
public interface RaisedListener {

    /** An alert was raised, or an existing one has become one of that class. */
    void raised(Tx tx, long alertId, AlertType type);
}
