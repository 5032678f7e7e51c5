package io.burnish.filesystem.detection;

import io.burnish.contracts.call.Detection;
import java.util.List;

/**
 * A file system as scans of its servers show it.
 *
 * @param members MDTs, then OSTs, by index; at least one of each
 */
record FoundFilesystem(String name, Detection.FoundTarget mgt, List<Detection.FoundTarget> members) {

    /** State that follows from where its targets are mounted. */
    String state() {
        if (mgt.activeHostId() != null && members.stream().allMatch(target -> target.activeHostId() != null)) {
            return "available";
        }
        boolean none = members.stream().allMatch(target -> target.activeHostId() == null);
        return none && mgt.activeHostId() == null ? "stopped" : "unavailable";
    }
}
