package io.burnish.target.job;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.burnish.contracts.fact.FilesystemFact;
import io.burnish.contracts.fact.HostFact;
import io.burnish.contracts.fact.LnetFact;
import io.burnish.contracts.fact.VolumeFact;
import io.burnish.contracts.job.Dispatch;
import io.burnish.contracts.job.Reason;
import io.burnish.contracts.model.Nid;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.kit.execution.JobRefusal;
import io.burnish.kit.facts.Neighbours;
import io.burnish.kit.sql.Tx;
import io.burnish.target.target.Target;
import io.burnish.target.target.TargetStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a job needs to know when its steps are determined. Everything missing refuses the job before anything is touched. */
@ApplicationScoped
class Surroundings {

    private final TargetStore targets;
    private final Neighbours neighbours;

    Surroundings(TargetStore targets, Neighbours neighbours) {
        this.targets = targets;
        this.neighbours = neighbours;
    }

    Target target(Tx tx, Dispatch.RunJob job) {
        return targets.get(tx, job.subject().id());
    }

    HostFact host(Tx tx, long id) {
        return neighbours
                .find(tx, ObjectRef.host(id), HostFact.class)
                .orElseThrow(
                        () -> refusal(ObjectRef.host(id), "The server with id " + id + " does not exist any more."));
    }

    /** The target's devices, primary first. */
    List<Device> devices(Tx tx, Target target) {
        return target.mounts().stream()
                .map(mount ->
                        new Device(mount.hostId(), host(tx, mount.hostId()).label(), mount.path()))
                .toList();
    }

    /** {@code linux}, {@code lvm_volume} or {@code zfs}. */
    String deviceType(Tx tx, Target target) {
        return neighbours
                .find(tx, new ObjectRef(ObjectType.VOLUME, target.volumeId()), VolumeFact.class)
                .map(VolumeFact::deviceType)
                .orElseThrow(() ->
                        refusal(ObjectRef.target(target.id()), "The volume of target " + target.name() + " is gone."));
    }

    /** Lustre's name of the backing file system on such a device. */
    static String backFilesystem(String deviceType) {
        return deviceType.equals("zfs") ? "zfs" : "ldiskfs";
    }

    /** The NIDs of a server, never empty. */
    List<String> nids(Tx tx, long hostId) {
        List<String> nids = neighbours.all(tx, ObjectType.LNET_CONFIGURATION, LnetFact.class).stream()
                .filter(lnet -> lnet.hostId() == hostId)
                .flatMap(lnet -> lnet.nids().stream())
                .map(Nid::toString)
                .toList();
        if (nids.isEmpty()) {
            throw refusal(
                    ObjectRef.host(hostId),
                    "Server %s has no NID: check its LNet configuration."
                            .formatted(host(tx, hostId).label()));
        }
        return nids;
    }

    /** The MGT that a target registers with; the target itself if it is one. */
    Target mgt(Tx tx, Target target) {
        if (target.filesystemId() == null) {
            return target;
        }
        long mgt = neighbours
                .find(tx, ObjectRef.filesystem(target.filesystemId()), FilesystemFact.class)
                .map(FilesystemFact::mgtId)
                .orElseThrow(() -> refusal(
                        ObjectRef.target(target.id()),
                        "The file system of target " + target.name() + " does not exist any more."));
        return targets.get(tx, mgt);
    }

    /** The server on which to work: the primary if it can be reached, else a failover server that can (orchestration 4.5). */
    Device bestServer(Tx tx, Target target) {
        return target.mounts().stream()
                .filter(mount -> host(tx, mount.hostId()).inContact())
                .findFirst()
                .map(mount ->
                        new Device(mount.hostId(), host(tx, mount.hostId()).label(), mount.path()))
                .orElseThrow(() -> refusal(ObjectRef.target(target.id()), "No hosts online for " + target.name()));
    }

    /** The cluster knows its nodes by node name or by fully qualified name. */
    Map<String, Long> names(Tx tx, Target target) {
        Map<String, Long> names = new HashMap<>();
        for (Target.Mount mount : target.mounts()) {
            HostFact host = host(tx, mount.hostId());
            names.put(host.nodename(), host.id());
            names.put(host.fqdn(), host.id());
        }
        return names;
    }

    /** The NIDs of each server of the MGT with which a target registers, its primary server first. */
    ArrayNode mgsNodes(Tx tx, Target target) {
        ArrayNode nodes = JsonNodeFactory.instance.arrayNode();
        mgt(tx, target).mounts().forEach(mount -> nodes.add(Json.texts(nids(tx, mount.hostId()))));
        return nodes;
    }

    /** The NIDs of each failover server of a target. */
    ArrayNode failoverNodes(Tx tx, Target target) {
        ArrayNode nodes = JsonNodeFactory.instance.arrayNode();
        target.mounts().stream()
                .filter(mount -> !mount.primary())
                .forEach(mount -> nodes.add(Json.texts(nids(tx, mount.hostId()))));
        return nodes;
    }

    static JobRefusal refusal(ObjectRef object, String sentence) {
        return new JobRefusal(Reason.of(Reason.Code.DEPENDENCY_UNMET, object, sentence));
    }
}
