package io.burnish.target.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.job.Dispatch;
import io.burnish.contracts.model.TargetKind;
import io.burnish.kit.execution.JobDefinition;
import io.burnish.kit.execution.Step;
import io.burnish.kit.sql.Tx;
import io.burnish.target.target.Target;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** {@code FormatTargetJob} (orchestration 4.5; format options: API contract, storage 26.7). */
@ApplicationScoped
class FormatTarget implements JobDefinition {

    private final Surroundings surroundings;
    private final int journalMegabytes;

    FormatTarget(Surroundings surroundings, @ConfigProperty(name = "burnish.target.journal-mb") int journalMegabytes) {
        this.surroundings = surroundings;
        this.journalMegabytes = journalMegabytes;
    }

    @Override
    public Set<String> jobClasses() {
        return Set.of("FormatTargetJob");
    }

    @Override
    public Set<Class<? extends Step>> stepTypes() {
        return Set.of(MountOrImportStep.class, FormatSteps.PreFormatCheck.class, FormatSteps.MkfsStep.class);
    }

    @Override
    public List<Step> steps(Tx tx, Dispatch.RunJob job) {
        Target target = surroundings.target(tx, job);
        String deviceType = surroundings.deviceType(tx, target);
        List<Device> devices = surroundings.devices(tx, target);
        Device primary = devices.getFirst();
        List<Step> steps = new ArrayList<>();
        steps.add(available(target, deviceType, devices, primary.hostId()));
        if (!target.reformat()) {
            steps.add(new FormatSteps.PreFormatCheck(target.id(), primary, deviceType));
        }
        steps.add(new FormatSteps.MkfsStep(
                target.id(),
                target.name(),
                primary,
                arguments(tx, target, primary, deviceType),
                target.inodeSize(),
                target.inodeCount()));
        steps.add(available(target, deviceType, devices, null));
        return steps;
    }

    private static Step available(Target target, String deviceType, List<Device> devices, Long host) {
        return new MountOrImportStep(
                target.id(), target.name(), target.haLabel(), deviceType, devices, host, false, Map.of());
    }

    private ObjectNode arguments(Tx tx, Target target, Device primary, String deviceType) {
        ObjectNode args = Json.object();
        args.set("target_types", Json.texts(List.of(target.kind().mkfsFlag())));
        args.put("target_name", target.name());
        args.put("device", primary.path());
        args.put("device_type", deviceType);
        args.put("backfstype", Surroundings.backFilesystem(deviceType));
        args.put("reformat", target.reformat());
        if (target.kind() != TargetKind.MGT) {
            args.put("fsname", target.filesystemName());
            args.put("index", target.index());
            args.set("mgsnode", surroundings.mgsNodes(tx, target));
        }
        args.set("failnode", surroundings.failoverNodes(tx, target));
        String options = mkfsOptions(target);
        if (!options.isEmpty() && !deviceType.equals("zfs")) {
            args.put("mkfsoptions", options);
        }
        return args;
    }

    private String mkfsOptions(Target target) {
        List<String> options = new ArrayList<>();
        if (target.inodeSize() != null) {
            options.add("-I " + target.inodeSize());
        }
        if (target.bytesPerInode() != null) {
            options.add("-i " + target.bytesPerInode());
        }
        if (target.inodeCount() != null) {
            options.add("-N " + target.inodeCount());
        }
        if (target.kind() != TargetKind.MGT && journalMegabytes > 0) {
            options.add("-J size=" + journalMegabytes);
        }
        return String.join(" ", options);
    }
}
