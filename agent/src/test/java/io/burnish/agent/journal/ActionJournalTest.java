package io.burnish.agent.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.burnish.agent.Life;
import io.burnish.agent.journal.ActionJournal.Known;
import io.burnish.contracts.agent.ActionOutcome;
import io.burnish.contracts.model.ObjectRef;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the journal has taken survives the agent. */
class ActionJournalTest {

    @TempDir
    private Path directory;

    private Life life;
    private ActionJournal journal;

    @BeforeEach
    void open() throws IOException {
        life = new Life();
        journal = new ActionJournal(directory, true, life);
    }

    private ActionJournal reopened() throws IOException {
        journal.close();
        journal = new ActionJournal(directory, true, new Life());
        return journal;
    }

    private static JournalRecord.Accepted accepted(String id, long token) {
        return new JournalRecord.Accepted(
                id,
                "start_target",
                JsonNodeFactory.instance.objectNode().put("ha_label", "x"),
                false,
                60,
                ObjectRef.target(3),
                token,
                null,
                "boot-1");
    }

    private static ActionOutcome outcome(String text) {
        return new ActionOutcome.Succeeded(JsonNodeFactory.instance.textNode(text), List.of());
    }

    @Test
    void anAcceptedActionIsUnfinishedInTheNextLife() throws IOException {
        journal.accepted(accepted("a", 7));
        assertThat(reopened().unfinished()).containsExactly(accepted("a", 7));
        assertThat(journal.find("a")).contains(new Known.Unfinished(accepted("a", 7)));
        assertThat(journal.find("b")).isEmpty();
    }

    @Test
    void anOutcomeIsKeptUntilAndAfterTheHubHasStoredIt() throws IOException {
        journal.accepted(accepted("a", 7));
        journal.finished("a", outcome("oss1"), false);
        assertThat(reopened().unacknowledged()).containsExactly("a");
        assertThat(journal.find("a")).contains(new Known.Ended(outcome("oss1"), false, false));
        journal.acknowledged(List.of("a", "never heard of"));
        assertThat(reopened().unacknowledged()).isEmpty();
        assertThat(journal.find("a")).contains(new Known.Ended(outcome("oss1"), true, false));
    }

    @Test
    void whatIsToBeDoneAfterTheAnswerIsRemembered() throws IOException {
        journal.accepted(accepted("a", 7));
        journal.finished("a", outcome("x"), true);
        assertThat(reopened().toAct()).containsExactly(accepted("a", 7));
        journal.acted("a");
        assertThat(reopened().toAct()).isEmpty();
    }

    @Test
    void theNewestTokenOfASubjectCounts() throws IOException {
        journal.accepted(accepted("a", 9));
        journal.accepted(accepted("b", 8));
        assertThat(reopened().newestToken(ObjectRef.target(3))).isEqualTo(9);
        assertThat(journal.newestToken(ObjectRef.target(4))).isZero();
    }

    @Test
    void aTornWriteAtTheEndIsCutOff() throws IOException {
        journal.accepted(accepted("a", 7));
        journal.close();
        Path file = directory.resolve("journal");
        int round = 0;
        for (String torn : List.of("1234", "deadbeef {\"record\":\"accep", "00000000 {}\n", "\0\0\0\0")) {
            String id = "b" + round++;
            Files.writeString(file, torn, StandardOpenOption.APPEND);
            journal = new ActionJournal(directory, true, new Life());
            assertThat(journal.unfinished()).hasSize(1);
            journal.accepted(accepted(id, 7));
            journal.close();
            journal = new ActionJournal(directory, true, new Life());
            assertThat(journal.unfinished()).hasSize(2);
            journal.finished(id, outcome("x"), false);
            journal.close();
        }
        assertThat(Files.readString(file)).doesNotContain("\0", "00000000 {}");
    }

    @Test
    void aRecordThatRottedDoesNotHideTheOthers() throws IOException {
        journal.accepted(accepted("a", 7));
        journal.accepted(accepted("b", 7));
        journal.accepted(accepted("c", 7));
        journal.close();
        Path file = directory.resolve("journal");
        byte[] bytes = Files.readAllBytes(file);
        int second = new String(bytes, StandardCharsets.UTF_8).indexOf("\"id\":\"b\"");
        bytes[second + 6] = 'X';
        Files.write(file, bytes);
        journal = new ActionJournal(directory, true, new Life());
        assertThat(journal.unfinished()).extracting(JournalRecord.Accepted::id).containsExactly("a", "c");
    }

    @Test
    void nothingIsWrittenAfterTheEndOfALife() {
        journal.accepted(accepted("a", 7));
        life.end();
        assertThatThrownBy(() -> journal.finished("a", outcome("x"), false))
                .isInstanceOf(Life.LifeEndedException.class);
    }

    @Test
    void theJournalStaysSmallAndForgetsNothingThatMatters() throws IOException {
        journal.close();
        journal = new ActionJournal(directory, false, new Life(), 64 * 1024);
        String large = "x".repeat(2000);
        journal.accepted(accepted("open", 1));
        journal.accepted(accepted("unstored", 1));
        journal.finished("unstored", outcome("keep me"), false);
        journal.accepted(accepted("to-act", 1));
        journal.finished("to-act", outcome("x"), true);
        journal.acknowledged(List.of("to-act"));
        for (int i = 0; i < 2000; i++) {
            journal.accepted(accepted("a" + i, i));
            journal.finished("a" + i, outcome(large), false);
            journal.acknowledged(List.of("a" + i));
        }
        long keptAtMost = (ActionJournal.KEPT_OUTCOMES + 64L) * 2500 + 64 * 1024;
        assertThat(Files.size(directory.resolve("journal"))).isLessThan(keptAtMost);
        for (int round = 0; round < 2; round++) {
            assertThat(journal.unfinished())
                    .extracting(JournalRecord.Accepted::id)
                    .containsExactly("open");
            assertThat(journal.find("unstored")).contains(new Known.Ended(outcome("keep me"), false, false));
            assertThat(journal.toAct()).extracting(JournalRecord.Accepted::id).containsExactly("to-act");
            assertThat(journal.find("a0")).contains(new Known.LongAgo());
            assertThat(journal.find("a1999")).contains(new Known.Ended(outcome(large), true, false));
            assertThat(journal.newestToken(ObjectRef.target(3))).isEqualTo(1999);
            reopened();
        }
    }

    @Test
    void aCrashDuringCompactionLeavesTheOldJournal() throws IOException {
        journal.accepted(accepted("a", 7));
        Files.writeString(directory.resolve("journal.new"), "half of a new journal");
        assertThat(reopened().unfinished()).hasSize(1);
    }
}
