package io.burnish.lifecycle.filesystem;

import io.burnish.contracts.fact.FilesystemFact;
import io.burnish.contracts.fact.TargetFact;
import java.util.List;
import java.util.Optional;

/**
 * The state of a file system that follows from its targets (orchestration 10.5 a to c). Pure; evaluated after any change of a target,
 * while no job holds the file system.
 */
public final class FilesystemState {

    private FilesystemState() {}

    /**
     * The state that the file system should have now; empty if it has it, or if the targets say nothing.
     *
     * @param targets MGT, MDTs and OSTs that are present
     */
    public static Optional<String> derive(FilesystemFact filesystem, List<TargetFact> targets) {
        if (filesystem.gone() || targets.size() < 2) {
            return Optional.empty();
        }
        boolean allMounted = targets.stream().allMatch(target -> target.state().equals("mounted"));
        boolean allUnmounted =
                targets.stream().allMatch(target -> target.state().equals("unmounted"));
        String state = filesystem.state();
        if (allMounted) {
            return state.equals("available") ? Optional.empty() : Optional.of("available");
        }
        if (allUnmounted) {
            return state.equals("stopped") ? Optional.empty() : Optional.of("stopped");
        }
        boolean someUnmounted =
                targets.stream().anyMatch(target -> target.state().equals("unmounted"));
        return someUnmounted && state.equals("available") ? Optional.of("unavailable") : Optional.empty();
    }
}
