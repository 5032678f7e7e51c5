package io.burnish.contracts.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.burnish.contracts.ServiceName;
import java.util.Optional;

/**
 * The types of objects that have facts, and the service that owns each.
 *
 * <p>{@link #contentTypeId()} is the class number that clients see as {@code content_type_id} and use in composite ids. The
 * numbers are those of the samples in the API contract; targets have one per kind, see {@link TargetKind}.
 */
public enum ObjectType {
    HOST("host", "host", 59, ServiceName.HOST),
    LNET_CONFIGURATION("lnet_configuration", "lnet configuration", 162, ServiceName.HOST),
    COROSYNC_CONFIGURATION("corosync_configuration", "corosync2 configuration", 34, ServiceName.HOST),
    PACEMAKER_CONFIGURATION("pacemaker_configuration", "pacemaker configuration", 46, ServiceName.HOST),
    NTP_CONFIGURATION("ntp_configuration", "ntp configuration", 40, ServiceName.HOST),
    VOLUME("volume", "volume", 67, ServiceName.HOST),
    TARGET("target", "target", 82, ServiceName.TARGET),
    FILESYSTEM("filesystem", "filesystem", 103, ServiceName.FILESYSTEM),
    CLIENT_MOUNT("client_mount", "client mount", 151, ServiceName.FILESYSTEM),
    COPYTOOL("copytool", "copytool", 155, ServiceName.FILESYSTEM),
    COMMAND("command", "command", 20, ServiceName.COMMAND),
    ALERT("alert", "alert", 70, ServiceName.ALERT),
    ALERT_SUBSCRIPTION("alert_subscription", "alert subscription", 71, ServiceName.ALERT),
    USER("user", "user", 3, ServiceName.GATEWAY),
    POWER_CONTROL_DEVICE("power_control_device", "power control device", 48, ServiceName.HOST),
    POWER_CONTROL_DEVICE_OUTLET("power_control_device_outlet", "power control device outlet", 49, ServiceName.HOST),
    STORAGE_RESOURCE("storage_resource", "storage resource", 63, ServiceName.HOST);

    private final String resource;
    private final String display;
    private final int contentTypeId;
    private final ServiceName owner;

    ObjectType(String resource, String display, int contentTypeId, ServiceName owner) {
        this.resource = resource;
        this.display = display;
        this.contentTypeId = contentTypeId;
        this.owner = owner;
    }

    /** Name of the API resource, for example {@code lnet_configuration}. */
    @JsonValue
    public String resource() {
        return resource;
    }

    /** Words for a sentence, for example {@code lnet configuration}. */
    public String display() {
        return display;
    }

    /** The class number seen by clients; for {@link #TARGET} the common one, which clients never see on an object. */
    public int contentTypeId() {
        return contentTypeId;
    }

    /** The service that owns objects of this type: it alone changes them and publishes their facts. */
    public ServiceName owner() {
        return owner;
    }

    /**
     * The type whose API resource has that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    @JsonCreator
    public static ObjectType ofResource(String resource) {
        for (ObjectType type : values()) {
            if (type.resource.equals(resource)) {
                return type;
            }
        }
        throw new IllegalArgumentException("no object type is called '" + resource + "'");
    }

    /** The type with that class number, also for the numbers of {@link TargetKind}; empty if there is none. */
    public static Optional<ObjectType> ofContentType(int contentTypeId) {
        for (TargetKind kind : TargetKind.values()) {
            if (kind.contentTypeId() == contentTypeId) {
                return Optional.of(TARGET);
            }
        }
        for (ObjectType type : values()) {
            if (type.contentTypeId == contentTypeId) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
