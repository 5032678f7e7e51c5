package io.burnish.contracts.agent;

import java.util.Locale;
import java.util.Optional;

/**
 * The actions that an agent knows (agent contract, 4.5), with what executors need to know of each.
 *
 * <p>Idempotent: running it again after it has run, wholly or in part, leads to the same end. An action that is not is never
 * started again by Burnish on its own: a repeated action id returns the recorded outcome.
 */
public enum AgentAction {
    DEREGISTER_SERVER(true, 60),
    UPDATE_PROFILE(true, 900),
    INSTALL_PACKAGES(false, 3600),
    CONFIGURE_REPO(true, 60),
    UNCONFIGURE_REPO(true, 60),
    KERNEL_STATUS(true, 60),
    RESTART_AGENT(true, 60),
    DEVICE_PLUGIN(true, 300),
    TRIGGER_PLUGIN_UPDATE(true, 60),
    DETECT_SCAN(true, 900),
    INITIALISE_BLOCK_DEVICE_DRIVERS(true, 900),
    CHECK_BLOCK_DEVICE(true, 120),
    FORMAT_TARGET(false, 7200),
    REGISTER_TARGET(true, 1200),
    CONFIGURE_TARGET_STORE(true, 60),
    UNCONFIGURE_TARGET_STORE(true, 60),
    CONFIGURE_TARGET_HA(true, 300),
    UNCONFIGURE_TARGET_HA(true, 300),
    IMPORT_TARGET(true, 600),
    EXPORT_TARGET(true, 600),
    MOUNT_TARGET(true, 1200),
    UNMOUNT_TARGET(true, 1200),
    TARGET_RUNNING(true, 60),
    START_TARGET(true, 5400),
    STOP_TARGET(true, 5400),
    FAILOVER_TARGET(true, 600),
    FAILBACK_TARGET(true, 600),
    WRITECONF_TARGET(false, 600),
    PURGE_CONFIGURATION(true, 600),
    SET_CONF_PARAM(true, 120),
    LOAD_LNET(true, 300),
    UNLOAD_LNET(true, 300),
    START_LNET(true, 300),
    STOP_LNET(true, 600),
    CONFIGURE_LNET(true, 60),
    UNCONFIGURE_LNET(true, 60),
    CONFIGURE_NTP(true, 300),
    UNCONFIGURE_NTP(true, 300),
    OPEN_FIREWALL(true, 120),
    CLOSE_FIREWALL(true, 120),
    GET_COROSYNC_AUTOCONFIG(true, 300),
    CONFIGURE_NETWORK(true, 300),
    CONFIGURE_COROSYNC2_STAGE_1(true, 600),
    CONFIGURE_COROSYNC2_STAGE_2(true, 900),
    CHANGE_MCAST_PORT(true, 120),
    UNCONFIGURE_COROSYNC2(true, 600),
    START_COROSYNC2(true, 300),
    STOP_COROSYNC2(true, 300),
    START_PACEMAKER(true, 300),
    STOP_PACEMAKER(true, 900),
    ENABLE_PACEMAKER(true, 120),
    CONFIGURE_PACEMAKER(true, 600),
    UNCONFIGURE_PACEMAKER(true, 600),
    CONFIGURE_FENCING(true, 300),
    UNCONFIGURE_FENCING(true, 300),
    SET_NODE_STANDBY(true, 300),
    SET_NODE_ONLINE(true, 300),
    DELETE_NODE(true, 300),
    REBOOT_SERVER(true, 60),
    SHUTDOWN_SERVER(true, 60),
    MOUNT_LUSTRE_FILESYSTEMS(true, 1200),
    UNMOUNT_LUSTRE_FILESYSTEMS(true, 1200),
    CONFIGURE_COPYTOOL(true, 120),
    UNCONFIGURE_COPYTOOL(true, 300),
    START_MONITORED_COPYTOOL(true, 300),
    STOP_MONITORED_COPYTOOL(true, 300);

    private final boolean idempotent;
    private final int deadlineSeconds;

    AgentAction(boolean idempotent, int deadlineSeconds) {
        this.idempotent = idempotent;
        this.deadlineSeconds = deadlineSeconds;
    }

    /** The name on the wire, for example {@code start_target}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** See the class comment. */
    public boolean idempotent() {
        return idempotent;
    }

    /** How long the action may run on a server, in seconds, unless the sender says otherwise. */
    public int deadlineSeconds() {
        return deadlineSeconds;
    }

    /** The action of that wire name. */
    public static Optional<AgentAction> of(String wire) {
        for (AgentAction action : values()) {
            if (action.wire().equals(wire)) {
                return Optional.of(action);
            }
        }
        return Optional.empty();
    }
}
