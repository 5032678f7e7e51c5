package io.burnish.kit.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnapshotsTest {

    private final List<Promise<String>> statements = new ArrayList<>();
    private final Snapshots snapshots = new Snapshots(() -> {
        Promise<String> statement = Promise.promise();
        statements.add(statement);
        return statement.future();
    });

    @Test
    void whoAsksWhileAStatementIsUnderWayGetsWhatTheNextFinds() {
        Future<String> first = snapshots.present();
        Future<String> second = snapshots.present();
        Future<String> third = snapshots.present();
        assertThat(statements).hasSize(1);

        statements.get(0).complete("1:1:");
        assertThat(first.result()).isEqualTo("1:1:");
        assertThat(second.isComplete()).isFalse();
        assertThat(statements).hasSize(2);

        statements.get(1).complete("2:2:");
        assertThat(second.result()).isEqualTo("2:2:");
        assertThat(third.result()).isEqualTo("2:2:");
        assertThat(statements).hasSize(2);
    }

    @Test
    void asksAnewWhenNobodyWaits() {
        snapshots.present();
        statements.get(0).complete("1:1:");
        Future<String> later = snapshots.present();
        statements.get(1).complete("2:2:");
        assertThat(later.result()).isEqualTo("2:2:");
    }

    @Test
    void aFailureIsOfThoseWhoWaitedForItAlone() {
        Future<String> first = snapshots.present();
        Future<String> second = snapshots.present();
        statements.get(0).fail("no database");
        statements.get(1).complete("2:2:");
        assertThat(first.failed()).isTrue();
        assertThat(second.result()).isEqualTo("2:2:");
    }

    @Test
    void aStatementThatThrowsFailsAndTheNextIsAskedFor() {
        List<String> names = new ArrayList<>();
        Snapshots broken = new Snapshots(() -> {
            if (names.isEmpty()) {
                names.add("2:2:");
                throw new IllegalStateException("the pool is closed");
            }
            return Future.succeededFuture(names.getFirst());
        });
        assertThat(broken.present().failed()).isTrue();
        assertThat(broken.present().result()).isEqualTo("2:2:");
    }
}
