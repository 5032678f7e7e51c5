package io.burnish.filesystem.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.contracts.Topics;
import io.burnish.contracts.fact.FactMessage;
import io.burnish.contracts.fact.FilesystemFact;
import io.burnish.contracts.fact.LockFact;
import io.burnish.contracts.fact.TargetFact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.filesystem.lab.FsLab;
import io.burnish.filesystem.lab.TargetNeighbour;
import io.burnish.kit.sql.Database;
import io.burnish.testsupport.Bus;
import io.burnish.testsupport.CommandNeighbour;
import io.burnish.testsupport.PlatformTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A file system is what its targets make it (orchestration 10.5 a to c). */
@QuarkusTest
@QuarkusTestResource(PlatformTestResource.class)
@QuarkusTestResource(CommandNeighbour.class)
@QuarkusTestResource(TargetNeighbour.class)
class StateTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final FsLab lab;
    private final Database database;
    private Bus bus;
    private FsLab.NewFilesystem fs;
    private long version = 1;
    private long lockVersion;

    StateTest(FsLab lab, Database database) {
        this.lab = lab;
        this.database = database;
    }

    @BeforeEach
    void open() {
        bus = lab.bus();
        fs = lab.create("fs" + FsLab.id());
    }

    @AfterEach
    void close() {
        bus.close();
    }

    /** The state of each target from now on, one after the other. */
    private void targets(String mgt, String mdt, String ost0, String ost1) {
        version++;
        String[] states = {mgt, mdt, ost0, ost1};
        for (int i = 0; i < states.length; i++) {
            target(fs.targets().get(i), states[i]);
        }
    }

    private void target(TargetFact target, String state) {
        lab.publish(bus, FsLab.later(target, version, state, state.equals("mounted") ? 1L : null));
    }

    private void lock(List<Long> readers, List<Long> writers) {
        ObjectRef ref = ObjectRef.filesystem(fs.id());
        lockVersion++;
        bus.publishLocks(
                ref,
                lockVersion,
                readers.isEmpty() && writers.isEmpty() ? null : new LockFact(ref, lockVersion, readers, writers));
        Awaitility.await()
                .pollInterval(Duration.ofMillis(10))
                .atMost(SOON)
                .until(() -> database.transaction(tx -> tx.first(
                                "SELECT 1 FROM neighbour_lock WHERE ref = $1 AND version = $2",
                                ref.toString(),
                                lockVersion)
                        .isPresent()));
    }

    private String state() {
        return lab.state(fs.id());
    }

    @Test
    void itIsAvailableWhenAllItsTargetsAreMounted() {
        targets("mounted", "mounted", "mounted", "unmounted");
        assertThat(state()).isEqualTo("unavailable");

        target(fs.ost(1), "unmounted");
        version++;
        target(fs.ost(1), "mounted");

        assertThat(state()).isEqualTo("available");
        FactMessage fact = bus.await(
                        Topics.facts(ObjectType.FILESYSTEM),
                        heard -> heard.key().equals("filesystem:" + fs.id())
                                && ((FilesystemFact) heard.as(FactMessage.class).fact())
                                        .state()
                                        .equals("available"))
                .as(FactMessage.class);
        assertThat(fact.observed()).isTrue();
        assertThat(fact.wire().get("state").asText()).isEqualTo("available");
    }

    @Test
    void itIsUnavailableWhenOneOfThemIsFoundUnmounted() {
        targets("mounted", "mounted", "mounted", "mounted");
        version++;

        target(fs.mdt(), "unmounted");

        assertThat(state()).isEqualTo("unavailable");
    }

    @Test
    void itIsStoppedWhenAllOfThemAreUnmountedTheMgtToo() {
        targets("mounted", "mounted", "mounted", "mounted");
        targets("mounted", "unmounted", "unmounted", "unmounted");
        assertThat(state()).isEqualTo("unavailable");
        version++;

        target(fs.mgt(), "unmounted");

        assertThat(state()).isEqualTo("stopped");
        targets("mounted", "mounted", "mounted", "mounted");
        assertThat(state()).isEqualTo("available");
    }

    @Test
    void aRemovedTargetCountsNoMore() {
        targets("mounted", "mounted", "mounted", "unmounted");
        version++;

        target(fs.ost(1), "removed");

        assertThat(state()).isEqualTo("available");
        assertThat(lab.show(fs.id()).get("osts")).hasSize(1);
    }

    @Test
    void targetsOfAnotherFileSystemDoNotMatterButASharedMgtDoes() {
        targets("mounted", "mounted", "mounted", "mounted");
        FsLab.NewFilesystem other = fs;
        fs = lab.create("fs" + FsLab.id());
        targets("mounted", "mounted", "unmounted", "mounted");
        assertThat(state()).isEqualTo("unavailable");

        assertThat(lab.state(other.id())).isEqualTo("available");
        lab.publish(bus, FsLab.later(other.mgt(), 9, "unmounted", null));
        assertThat(lab.state(other.id())).isEqualTo("unavailable");
    }

    @Test
    void whatHappensWhileAJobHoldsItCountsWhenTheJobHasLetGo() {
        targets("mounted", "mounted", "mounted", "mounted");
        lock(List.of(), List.of(1L));
        version++;
        target(fs.ost(0), "unmounted");
        assertThat(state()).isEqualTo("available");
        lock(List.of(2L), List.of());
        assertThat(state()).isEqualTo("available");

        lock(List.of(), List.of());

        assertThat(state()).isEqualTo("unavailable");
    }

    @Test
    void targetsThatAreBeingBuiltSayNothing() {
        targets("mounted", "registered", "formatted", "unformatted");

        assertThat(state()).isEqualTo("unavailable");
    }
}
