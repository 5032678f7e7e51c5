package io.burnish.lifecycle.world;

import io.burnish.contracts.fact.ClientMountFact;
import io.burnish.contracts.fact.CopytoolFact;
import io.burnish.contracts.fact.CorosyncFact;
import io.burnish.contracts.fact.FilesystemFact;
import io.burnish.contracts.fact.HostFact;
import io.burnish.contracts.fact.LnetFact;
import io.burnish.contracts.fact.NtpFact;
import io.burnish.contracts.fact.PacemakerFact;
import io.burnish.contracts.fact.StatefulFact;
import io.burnish.contracts.fact.TargetFact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.contracts.model.TargetKind;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The stateful objects and their relations. Objects that are gone (removed, forgotten) are absent from every relation.
 *
 * <p>Lists are ascending by id, so everything derived from them is deterministic.
 */
public interface World {

    /** The object, also if it is gone in this world; empty if it was never known. */
    Optional<StatefulFact> find(ObjectRef ref);

    /** Objects of a type that were known as present, ascending id. */
    Collection<ObjectRef> known(ObjectType type);

    /** Objects of a type that belong to a server: its configurations, the targets it can run, its client mounts and copytools. */
    List<ObjectRef> ofHost(ObjectType type, long hostId);

    /** MDTs and OSTs of a file system; with {@link ObjectType#CLIENT_MOUNT}: its client mounts. */
    List<ObjectRef> ofFilesystem(ObjectType type, long filesystemId);

    /** File systems that use an MGT. */
    List<ObjectRef> ofMgt(long mgtId);

    /** The object if it is present. */
    default <F extends StatefulFact> Optional<F> present(ObjectRef ref, Class<F> type) {
        return find(ref).filter(fact -> !fact.gone()).map(type::cast);
    }

    private <F extends StatefulFact> Stream<F> presents(Collection<ObjectRef> refs, Class<F> type) {
        return refs.stream().map(ref -> present(ref, type).orElse(null)).filter(Objects::nonNull);
    }

    /** A server. */
    default Optional<HostFact> host(long id) {
        return present(ObjectRef.host(id), HostFact.class);
    }

    /** LNet of a server. */
    default Optional<LnetFact> lnet(long hostId) {
        return presents(ofHost(ObjectType.LNET_CONFIGURATION, hostId), LnetFact.class)
                .findFirst();
    }

    /** Corosync of a server. */
    default Optional<CorosyncFact> corosync(long hostId) {
        return presents(ofHost(ObjectType.COROSYNC_CONFIGURATION, hostId), CorosyncFact.class)
                .findFirst();
    }

    /** Pacemaker of a server. */
    default Optional<PacemakerFact> pacemaker(long hostId) {
        return presents(ofHost(ObjectType.PACEMAKER_CONFIGURATION, hostId), PacemakerFact.class)
                .findFirst();
    }

    /** Time synchronisation of a server. */
    default Optional<NtpFact> ntp(long hostId) {
        return presents(ofHost(ObjectType.NTP_CONFIGURATION, hostId), NtpFact.class)
                .findFirst();
    }

    /** Targets that a server can run, as primary or as failover server. */
    default List<TargetFact> targetsOn(long hostId) {
        return presents(ofHost(ObjectType.TARGET, hostId), TargetFact.class).toList();
    }

    /** MDTs and OSTs of a file system. */
    default List<TargetFact> membersOf(long filesystemId) {
        return presents(ofFilesystem(ObjectType.TARGET, filesystemId), TargetFact.class)
                .toList();
    }

    /** MDTs of a file system. */
    default List<TargetFact> mdtsOf(long filesystemId) {
        return membersOf(filesystemId).stream()
                .filter(target -> target.kind() == TargetKind.MDT)
                .toList();
    }

    /** A target. */
    default Optional<TargetFact> target(long id) {
        return present(ObjectRef.target(id), TargetFact.class);
    }

    /** A file system. */
    default Optional<FilesystemFact> filesystem(long id) {
        return present(ObjectRef.filesystem(id), FilesystemFact.class);
    }

    /** File systems that use an MGT. */
    default List<FilesystemFact> filesystemsOf(long mgtId) {
        return presents(ofMgt(mgtId), FilesystemFact.class).toList();
    }

    /** Client mounts on a server. */
    default List<ClientMountFact> clientMountsOn(long hostId) {
        return presents(ofHost(ObjectType.CLIENT_MOUNT, hostId), ClientMountFact.class)
                .toList();
    }

    /** Client mounts of a file system. */
    default List<ClientMountFact> clientMountsOf(long filesystemId) {
        return presents(ofFilesystem(ObjectType.CLIENT_MOUNT, filesystemId), ClientMountFact.class)
                .toList();
    }

    /** Copytools on a server. */
    default List<CopytoolFact> copytoolsOn(long hostId) {
        return presents(ofHost(ObjectType.COPYTOOL, hostId), CopytoolFact.class).toList();
    }

    /** What an object is called in sentences: configurations of a server by its name. */
    default String name(StatefulFact fact) {
        return switch (fact) {
            case LnetFact lnet -> "LNet of " + hostLabel(lnet.hostId());
            case CorosyncFact corosync -> "Corosync of " + hostLabel(corosync.hostId());
            case PacemakerFact pacemaker -> "Pacemaker of " + hostLabel(pacemaker.hostId());
            case NtpFact ntp -> "NTP of " + hostLabel(ntp.hostId());
            case ClientMountFact mount -> "the client mount " + hostLabel(mount.hostId()) + ":" + mount.mountpoint();
            case CopytoolFact copytool -> "copytool " + copytool.label();
            case FilesystemFact filesystem -> "file system " + filesystem.label();
            case TargetFact target -> "target " + target.label();
            case HostFact host -> "server " + host.label();
        };
    }

    /** What a server is called in sentences; its id if it is unknown. */
    default String hostLabel(long hostId) {
        return find(ObjectRef.host(hostId)).map(StatefulFact::label).orElse("server " + hostId);
    }
}
