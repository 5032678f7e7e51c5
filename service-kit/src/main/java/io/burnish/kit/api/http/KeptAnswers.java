package io.burnish.kit.api.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.burnish.kit.security.Principal;
import io.burnish.kit.sql.Reading;
import io.burnish.kit.sql.Snapshots;
import io.burnish.kit.sql.Statements;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.Function;

/**
 * Answers to reads, kept until they may be others. Before one is given again the database is asked whether it still shows the same
 * ({@link Snapshots}), so an answer is never older than the request for it; what does not come from the database (supplements) is as
 * old as its source allows. Requests for the same that come while it is read wait for that reading, unless something has changed since it
 * began.
 *
 * <p>An answer belongs to one caller with these rights: who has other rights, or is somebody else, never gets it.
 */
@ApplicationScoped
class KeptAnswers {

    /** In bytes. */
    private static final long KEPT = 8L << 20;
    /** Of an answer that is still being read. */
    private static final int UNKNOWN = 1024;

    private static final Duration UNUSED = Duration.ofMinutes(1);

    private final Statements statements;
    private final Snapshots snapshots;
    private final Cache<Question, Kept> answers = Caffeine.newBuilder()
            .maximumWeight(KEPT)
            .weigher((Question question, Kept kept) -> kept.weight())
            .expireAfterAccess(UNUSED)
            .executor(Runnable::run)
            .build();

    KeptAnswers(Statements statements, Snapshots snapshots) {
        this.statements = statements;
        this.snapshots = snapshots;
    }

    /**
     * What an answer depends on besides the data.
     *
     * @param uri path and query, as they came
     */
    record Question(String uri, Principal caller) {}

    /** What the data were. */
    private record State(String snapshot, Object supplements) {}

    private record Kept(State state, Future<Buffer> answer, int weight) {}

    /**
     * The answer, as a body.
     *
     * @param supplements equal as long as what it says besides the data is the same
     * @param read finds it out; called at most once, with the statements to use
     */
    Future<Buffer> answer(Question question, Future<?> supplements, Function<Reading, Future<Buffer>> read) {
        return snapshots
                .present()
                .compose(snapshot -> supplements.map(others -> new State(snapshot, others)))
                .compose(state -> {
                    Kept kept = answers.getIfPresent(question);
                    return kept != null && kept.state().equals(state) ? kept.answer() : read(question, state, read);
                });
    }

    private Future<Buffer> read(Question question, State state, Function<Reading, Future<Buffer>> read) {
        Reading reading = new Reading(statements);
        Future<Buffer> answer = read.apply(reading);
        Kept underWay = new Kept(state, answer, UNKNOWN);
        answers.put(question, underWay);
        answer.onComplete(done -> {
            if (done.succeeded() && reading.lasting()) {
                answers.asMap()
                        .replace(
                                question,
                                underWay,
                                new Kept(state, answer, UNKNOWN + done.result().length()));
            } else {
                answers.asMap().remove(question, underWay);
            }
        });
        return answer;
    }
}
