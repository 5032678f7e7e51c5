package io.burnish.alert.type;

import java.util.Locale;
import java.util.Optional;

/**
 * Classes of alerts and events (API contract, core 2.4; monitoring 2).
 *
 * <p>{@link #id()} is the number by which subscriptions name the class.
 */
public enum AlertType {
    HOST_CONTACT("HostContactAlert", 201, Severity.WARNING),
    HOST_OFFLINE("HostOfflineAlert", 80, Severity.WARNING),
    HOST_REBOOT("HostRebootEvent", 202, Severity.WARNING),
    UPDATES_AVAILABLE("UpdatesAvailableAlert", 203, Severity.INFO),
    LNET_OFFLINE("LNetOfflineAlert", 204, Severity.INFO),
    LNET_NIDS_CHANGED("LNetNidsChangedAlert", 205, Severity.WARNING),
    COROSYNC_STOPPED("CorosyncStoppedAlert", 206, Severity.INFO),
    COROSYNC_UNKNOWN_PEERS("CorosyncUnknownPeersAlert", 207, Severity.WARNING),
    COROSYNC_TO_MANY_PEERS("CorosyncToManyPeersAlert", 208, Severity.WARNING),
    COROSYNC_NO_PEERS("CorosyncNoPeersAlert", 209, Severity.WARNING),
    PACEMAKER_STOPPED("PacemakerStoppedAlert", 210, Severity.INFO),
    STONITH_NOT_ENABLED("StonithNotEnabledAlert", 211, Severity.ERROR),
    TARGET_OFFLINE("TargetOfflineAlert", 212, Severity.ERROR),
    TARGET_FAILOVER("TargetFailoverAlert", 213, Severity.WARNING),
    TARGET_RECOVERY("TargetRecoveryAlert", 214, Severity.WARNING),
    STORAGE_RESOURCE_OFFLINE("StorageResourceOffline", 215, Severity.WARNING),
    STORAGE_RESOURCE("StorageResourceAlert", 216, Severity.WARNING),
    STORAGE_RESOURCE_LEARN("StorageResourceLearnEvent", 217, Severity.INFO),
    POWER_CONTROL_DEVICE_UNAVAILABLE("PowerControlDeviceUnavailableAlert", 218, Severity.WARNING),
    IPMI_BMC_UNAVAILABLE("IpmiBmcUnavailableAlert", 219, Severity.WARNING),
    COMMAND_RUNNING("CommandRunningAlert", 220, Severity.INFO),
    COMMAND_SUCCESSFUL("CommandSuccessfulAlert", 221, Severity.INFO),
    COMMAND_CANCELLED("CommandCancelledAlert", 222, Severity.ERROR),
    COMMAND_ERRORED("CommandErroredAlert", 223, Severity.ERROR),
    LEARN("LearnEvent", 224, Severity.INFO),
    ALERT_EVENT("AlertEvent", 225, Severity.INFO),
    SYSLOG("SyslogEvent", 226, Severity.ERROR),
    CLIENT_CONNECT("ClientConnectEvent", 227, Severity.INFO),
    /** Not known to the reference: a service could not handle a message and has kept it. */
    MESSAGE_UNHANDLED("UnhandledMessageAlert", 228, Severity.ERROR),
    /** Not known to the reference: mail about alerts does not reach a user. */
    MAIL_UNDELIVERABLE("MailUndeliverableAlert", 229, Severity.WARNING);

    private final String wire;
    private final int id;
    private final Severity severity;

    AlertType(String wire, int id, Severity severity) {
        this.wire = wire;
        this.id = id;
        this.severity = severity;
    }

    /** Class name in the API. */
    public String wire() {
        return wire;
    }

    /** Number of the class. */
    public int id() {
        return id;
    }

    /** Severity unless the rule says otherwise. */
    public Severity severity() {
        return severity;
    }

    /**
     * Whether subscribers get mail: alerts do, but for the good news of commands (monitoring 4) and for what is wrong with mail;
     * events do not. Storage that is offline is an alert, whatever its class is called (monitoring 17.7).
     */
    public boolean mailed() {
        return switch (this) {
            case COMMAND_RUNNING, COMMAND_SUCCESSFUL, MAIL_UNDELIVERABLE -> false;
            case STORAGE_RESOURCE_OFFLINE -> true;
            default -> wire.endsWith("Alert");
        };
    }

    /** The class name in words: {@code Host offline alert}, {@code LNet nids changed alert}. */
    public String description() {
        String words = wire.replaceAll("(?<!^)([A-Z])", " $1").toLowerCase(Locale.ROOT);
        return (Character.toUpperCase(words.charAt(0)) + words.substring(1)).replace("L net", "LNet");
    }

    /** The type of that number. */
    public static Optional<AlertType> ofId(long id) {
        for (AlertType type : values()) {
            if (type.id == id) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** The type of that class name. */
    public static Optional<AlertType> ofWire(String wire) {
        for (AlertType type : values()) {
            if (type.wire.equals(wire)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
