package io.burnish.lifecycle.lock;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.contracts.model.ObjectRef;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Who waits for whom (orchestration 7.3). */
class LockTableTest {

    private static final ObjectRef OBJECT = ObjectRef.target(1);

    private final LockTable locks = new LockTable();

    private void lock(long job, boolean write, String begin, String end) {
        locks.add(new Lock(job, OBJECT, write, begin, end));
    }

    private Set<Long> predecessors(boolean write) {
        Set<Long> found = new TreeSet<>();
        locks.predecessors(OBJECT, write, found);
        return found;
    }

    @Test
    void readersDoNotWaitForReaders() {
        lock(1, false, null, null);
        assertThat(predecessors(false)).isEmpty();
    }

    @Test
    void readersWaitForTheNewestWriter() {
        lock(1, true, "a", "b");
        lock(2, true, "b", "c");
        lock(3, false, null, null);
        assertThat(predecessors(false)).containsExactly(2L);
    }

    @Test
    void writersWaitForTheNewestWriterAndTheReadersSince() {
        lock(1, false, null, null);
        lock(2, true, "a", "b");
        lock(3, false, null, null);
        lock(4, false, null, null);
        assertThat(predecessors(true)).containsExactly(2L, 3L, 4L);
    }

    @Test
    void theExpectedStateIsTheEndOfTheNewestChange() {
        lock(1, true, "a", "b");
        lock(2, true, "b", "c");
        lock(3, true, null, null);
        assertThat(locks.expected(OBJECT)).contains("c");
        locks.release(2);
        assertThat(locks.expected(OBJECT)).contains("b");
    }

    @Test
    void releasedLocksLeaveNothing() {
        lock(1, true, "a", "b");
        locks.add(new Lock(1, ObjectRef.host(2), false, null, null));
        assertThat(locks.release(1)).containsExactlyInAnyOrder(OBJECT, ObjectRef.host(2));
        assertThat(locks.on(OBJECT)).isEmpty();
        assertThat(locks.writeLocked(OBJECT)).isFalse();
        assertThat(locks.release(1)).isEmpty();
    }
}
