package io.burnish.contracts.call;

import io.burnish.contracts.agent.report.DetectScanResult;
import io.burnish.contracts.model.TargetKind;
import java.util.List;

/**
 * {@code POST /internal/detections} of the filesystem service: file systems that run already on servers that are only watched. Objects that
 * are known stay as they are, so the same detection again changes nothing.
 *
 * @param scans of all servers that were asked, for a target is only understood with the other servers that see it
 */
public record Detection(List<ServerScan> scans) {

    /** What one server found. */
    public record ServerScan(long hostId, DetectScanResult result) {}

    /**
     * What came of it.
     *
     * @param lines for the log of the step: what was discovered, and what was left out, and why
     */
    public record Reply(List<String> lines) {}

    /**
     * {@code POST /internal/detected-targets} of the target service: targets that are only watched. One that is known by its
     * {@code uuid} is not created again.
     *
     * @param filesystemId {@code null} for an MGT
     * @param filesystemName {@code null} for an MGT
     */
    public record Targets(Long filesystemId, String filesystemName, List<FoundTarget> targets) {}

    /**
     * A target to watch.
     *
     * @param index {@code null} for an MGT
     * @param uuid of the backing file system
     * @param primaryHostId server that normally runs it
     * @param activeHostId server on which it is mounted; {@code null}: none
     * @param devices where its servers see it
     */
    public record FoundTarget(
            TargetKind kind,
            String name,
            Integer index,
            String uuid,
            long primaryHostId,
            Long activeHostId,
            List<Device> devices) {}

    /** A target's device on a server. */
    public record Device(long hostId, String path) {}

    /**
     * What the target service knows now.
     *
     * @param targets ids in the order asked for; {@code null} where a target cannot be: see {@code lines}
     * @param lines what was discovered or left out
     */
    public record TargetsReply(List<Long> targets, List<String> lines) {}
}
