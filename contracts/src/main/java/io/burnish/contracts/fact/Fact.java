package io.burnish.contracts.fact;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.burnish.contracts.model.ObjectRef;
import java.util.Set;

/**
 * The current snapshot of one object, as far as other services and the planner need it. Published by the owner in the
 * transaction that changes the object; the version grows by one per change, so a reader keeps the highest it has seen.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = HostFact.class, name = "host"),
    @JsonSubTypes.Type(value = LnetFact.class, name = "lnet_configuration"),
    @JsonSubTypes.Type(value = CorosyncFact.class, name = "corosync_configuration"),
    @JsonSubTypes.Type(value = PacemakerFact.class, name = "pacemaker_configuration"),
    @JsonSubTypes.Type(value = NtpFact.class, name = "ntp_configuration"),
    @JsonSubTypes.Type(value = VolumeFact.class, name = "volume"),
    @JsonSubTypes.Type(value = TargetFact.class, name = "target"),
    @JsonSubTypes.Type(value = FilesystemFact.class, name = "filesystem"),
    @JsonSubTypes.Type(value = ClientMountFact.class, name = "client_mount"),
    @JsonSubTypes.Type(value = CopytoolFact.class, name = "copytool"),
    @JsonSubTypes.Type(value = CommandFact.class, name = "command"),
    @JsonSubTypes.Type(value = UserFact.class, name = "user"),
    @JsonSubTypes.Type(value = AlertFact.class, name = "alert"),
    @JsonSubTypes.Type(value = AlertSubscriptionFact.class, name = "alert_subscription"),
    @JsonSubTypes.Type(value = PowerDeviceFact.class, name = "power_control_device"),
    @JsonSubTypes.Type(value = OutletFact.class, name = "power_control_device_outlet"),
    @JsonSubTypes.Type(value = StorageResourceFact.class, name = "storage_resource")
})
public sealed interface Fact
        permits StatefulFact,
                VolumeFact,
                CommandFact,
                UserFact,
                AlertFact,
                AlertSubscriptionFact,
                PowerDeviceFact,
                OutletFact,
                StorageResourceFact {

    /** States in which an object is gone: it keeps its row, but no list, plan or claim sees it any more. */
    Set<String> GONE = Set.of("removed", "forgotten");

    /** The object. */
    @JsonIgnore
    ObjectRef ref();

    /** The object's version: 1 at creation, one more with every change. */
    long version();

    /** The object's id within its type. */
    long id();
}
