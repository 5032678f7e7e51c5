package io.burnish.kit.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.kit.security.Level;
import io.burnish.kit.security.Principal;
import io.burnish.kit.sql.Reading;
import io.burnish.kit.sql.Snapshots;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeptAnswersTest {

    private static final Principal ANNA = new Principal(1, "anna", Level.USER, true, null);
    private static final Principal ANNA_PROMOTED = new Principal(1, "anna", Level.SUPERUSER, true, null);
    private static final Principal BERT = new Principal(2, "bert", Level.USER, true, null);

    private String snapshot = "1:1:";
    private Future<?> supplements = Future.succeededFuture(1L);
    private String statement = "SELECT name FROM thing";
    private final List<Promise<Buffer>> readings = new ArrayList<>();
    private final KeptAnswers answers = new KeptAnswers(
            (sql, args) -> Future.succeededFuture(), new Snapshots(() -> Future.succeededFuture(snapshot)));

    private Future<Buffer> ask(String uri, Principal caller) {
        return answers.answer(new KeptAnswers.Question(uri, caller), supplements, this::read);
    }

    private Future<Buffer> ask() {
        return ask("/api/thing/", ANNA);
    }

    private Future<Buffer> read(Reading reading) {
        Promise<Buffer> answer = Promise.promise();
        readings.add(answer);
        return reading.query(statement, Tuple.tuple()).compose(rows -> answer.future());
    }

    private void complete(int reading, String answer) {
        readings.get(reading).complete(Buffer.buffer(answer));
    }

    @Test
    void anAnswerIsGivenAgainWhileTheDatabaseShowsTheSame() {
        ask();
        complete(0, "one");
        assertThat(ask().result()).hasToString("one");
        assertThat(readings).hasSize(1);
    }

    @Test
    void isReadAgainWhenATransactionHasEnded() {
        ask();
        complete(0, "one");
        snapshot = "2:2:";
        Future<Buffer> second = ask();
        complete(1, "two");
        assertThat(second.result()).hasToString("two");
        assertThat(ask().result()).hasToString("two");
        assertThat(readings).hasSize(2);
    }

    @Test
    void isReadAgainWhenTheSupplementsAreOthers() {
        ask();
        complete(0, "one");
        supplements = Future.succeededFuture(2L);
        ask();
        assertThat(readings).hasSize(2);
    }

    @Test
    void whoAsksTheSameMeanwhileWaitsForTheSameReadingUnlessSomethingHasChanged() {
        Future<Buffer> first = ask();
        Future<Buffer> second = ask();
        snapshot = "2:2:";
        Future<Buffer> third = ask();
        assertThat(readings).hasSize(2);
        complete(0, "one");
        assertThat(first.result()).hasToString("one");
        assertThat(second.result()).hasToString("one");
        assertThat(third.isComplete()).isFalse();
        complete(1, "two");
        assertThat(third.result()).hasToString("two");
        assertThat(ask().result()).hasToString("two");
        assertThat(readings).hasSize(2);
    }

    @Test
    void nobodyGetsAnAnswerToSomebodyElseOrToOtherRights() {
        ask("/api/thing/", ANNA);
        complete(0, "for anna");
        ask("/api/thing/", BERT);
        ask("/api/thing/", ANNA_PROMOTED);
        ask("/api/thing/?limit=1", ANNA);
        assertThat(readings).hasSize(4);
    }

    @Test
    void aFailureIsNotKept() {
        Future<Buffer> first = ask();
        readings.get(0).fail("no database");
        assertThat(first.failed()).isTrue();
        Future<Buffer> second = ask();
        complete(1, "one");
        assertThat(second.result()).hasToString("one");
    }

    @Test
    void whatDependsOnTheTimeIsNotKept() {
        statement = "SELECT name FROM thing WHERE expires_at > now()";
        ask();
        complete(0, "one");
        ask();
        assertThat(readings).hasSize(2);
    }
}
