package io.burnish.kit.facts;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.contracts.model.ObjectRef;
import io.burnish.lifecycle.lock.Lock;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownLocksTest {

    private static final ObjectRef HOST = ObjectRef.host(1);

    private final KnownLocks locks = new KnownLocks();

    @Test
    void onlyAWriterMakesAnObjectBusy() {
        locks.put(HOST, List.of(4L, 2L), List.of());
        assertThat(locks.writeLocked(HOST)).isFalse();
        locks.put(HOST, List.of(4L, 2L), List.of(3L));
        assertThat(locks.writeLocked(HOST)).isTrue();
        assertThat(locks.writeLocked(ObjectRef.host(2))).isFalse();
    }

    @Test
    void holdersAreInTheOrderOfTheirIds() {
        locks.put(HOST, List.of(10L, 4L, 2L), List.of(7L, 4L));
        assertThat(locks.holders(HOST).read()).containsExactly(2L, 4L, 10L);
        assertThat(locks.on(HOST))
                .containsExactly(
                        new Lock(2, HOST, false, null, null),
                        new Lock(4, HOST, false, null, null),
                        new Lock(4, HOST, true, null, null),
                        new Lock(7, HOST, true, null, null),
                        new Lock(10, HOST, false, null, null));
    }

    @Test
    void whatIsToldAgainIsNoChange() {
        assertThat(locks.put(HOST, List.of(), List.of())).isFalse();
        assertThat(locks.put(HOST, List.of(), List.of(1L))).isTrue();
        assertThat(locks.put(HOST, List.of(), List.of(1L))).isFalse();
        assertThat(locks.put(HOST, List.of(), List.of())).isTrue();
        assertThat(locks.holders(HOST).write()).isEmpty();
        assertThat(locks.on(HOST)).isEmpty();
    }
}
