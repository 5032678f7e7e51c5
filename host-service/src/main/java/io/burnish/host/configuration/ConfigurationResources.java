package io.burnish.host.configuration;

import io.burnish.contracts.model.ObjectType;
import io.burnish.kit.api.Resource;
import jakarta.enterprise.context.ApplicationScoped;

/** The resources of configurations by type. */
@ApplicationScoped
class ConfigurationResources {

    private final LnetConfigurationResource lnet;
    private final CorosyncConfigurationResource corosync;
    private final PacemakerConfigurationResource pacemaker;
    private final NtpConfigurationResource ntp;

    ConfigurationResources(
            LnetConfigurationResource lnet,
            CorosyncConfigurationResource corosync,
            PacemakerConfigurationResource pacemaker,
            NtpConfigurationResource ntp) {
        this.lnet = lnet;
        this.corosync = corosync;
        this.pacemaker = pacemaker;
        this.ntp = ntp;
    }

    Resource of(ObjectType type) {
        return switch (type) {
            case LNET_CONFIGURATION -> lnet.resource();
            case COROSYNC_CONFIGURATION -> corosync.resource();
            case PACEMAKER_CONFIGURATION -> pacemaker.resource();
            case NTP_CONFIGURATION -> ntp.resource();
            default -> throw new IllegalArgumentException("no configuration: " + type);
        };
    }
}
