package io.burnish.lifecycle.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.contracts.fact.TargetFact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.lifecycle.Cluster;
import io.burnish.lifecycle.world.WorldIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file system follows its targets (orchestration 10.5). */
class FilesystemStateTest {

    @ParameterizedTest
    @CsvSource({
        "unavailable, mounted, mounted, mounted, available",
        "stopped, mounted, mounted, mounted, available",
        "available, mounted, mounted, mounted, ",
        "available, mounted, mounted, unmounted, unavailable",
        "available, unmounted, mounted, mounted, unavailable",
        "unavailable, mounted, unmounted, unmounted, ",
        "unavailable, unmounted, unmounted, unmounted, stopped",
        "stopped, unmounted, unmounted, unmounted, ",
        "stopped, mounted, unmounted, unmounted, ",
        "available, mounted, mounted, unformatted, ",
        "removed, mounted, mounted, mounted, "
    })
    void follows(String state, String mgt, String mdt, String ost, String expected) {
        WorldIndex world = Cluster.ofFour()
                .testfs(state.equals("removed") ? "stopped" : state, mgt, mdt)
                .state(ObjectRef.target(3), ost)
                .state(ObjectRef.target(4), ost)
                .world();
        List<TargetFact> targets = new ArrayList<>(world.membersOf(1));
        targets.add(world.target(1).orElseThrow());
        assertThat(FilesystemState.derive(world.filesystem(1).orElseThrow().inState(state), targets))
                .isEqualTo(Optional.ofNullable(expected));
    }
}
