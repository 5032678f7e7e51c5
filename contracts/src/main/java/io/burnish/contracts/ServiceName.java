package io.burnish.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The services of the house. The wire form is the module's name. */
public enum ServiceName {
    GATEWAY("gateway"),
    HOST("host-service"),
    TARGET("target-service"),
    FILESYSTEM("filesystem-service"),
    COMMAND("command-service"),
    ALERT("alert-service"),
    METRICS("metrics-service");

    private final String wire;

    ServiceName(String wire) {
        this.wire = wire;
    }

    /** The name used in topics, headers, tokens and configuration, for example {@code host-service}. */
    @JsonValue
    public String wire() {
        return wire;
    }

    /**
     * The service of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    @JsonCreator
    public static ServiceName of(String wire) {
        for (ServiceName name : values()) {
            if (name.wire.equals(wire)) {
                return name;
            }
        }
        throw new IllegalArgumentException("no service is called '" + wire + "'");
    }
}
