package io.burnish.agent.action;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.agent.ActionInventory;
import io.burnish.agent.system.CommandLine;
import io.burnish.agent.system.CommandResult;
import io.burnish.agent.testing.Actions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Records of actions are bounded and show no secrets. */
class RecordTest {

    @Test
    void aSecretTornOverTwoPiecesIsMasked() {
        SecretMask mask = new SecretMask(Set.of("hunter2", "hunter2-longer"));
        StringBuilder shown = new StringBuilder();
        for (String piece : "a hunter2-longer b hun".split("(?<=\\G.{3})")) {
            shown.append(mask.next(piece));
        }
        assertThat(shown.toString()).doesNotContain("hunter", "hun");
        shown.append(mask.rest());
        assertThat(shown.toString()).isEqualTo("a ************** b hun");
    }

    @Test
    void wrappedAndNamedSecretsAreFoundAnywhere() {
        Secrets secrets = Secrets.in((ObjectNode) Actions.json(
                "{'a':{'$secretValue':'one1'},'agents':[{'login':'x','password':'two2'}],'n':5,'password':null}"));
        assertThat(secrets.values()).containsExactlyInAnyOrder("one1", "two2");
        assertThat(secrets.plain())
                .isEqualTo(
                        Actions.json("{'a':'one1','agents':[{'login':'x','password':'two2'}],'n':5,'password':null}"));
        assertThat(secrets.redacted())
                .isEqualTo(Actions.json("{'a':'','agents':[{'login':'x','password':''}],'n':5,'password':null}"));
        assertThat(Secrets.in((ObjectNode) Actions.json("{'a':'b'}")).any()).isFalse();
    }

    @Test
    void longOutputKeepsItsBeginningAndItsEnd() {
        ActionRecord record = new ActionRecord(Set.of(), text -> {});
        String output = "begin" + "x".repeat(ActionRecord.STREAM_LIMIT) + "end";
        record.finished(CommandLine.of("cat"), new CommandResult(0, output, ""), false);
        assertThat(record.commands().getFirst().stdout())
                .startsWith("begin")
                .contains("[… 8 characters left out …]")
                .endsWith("end")
                .hasSizeLessThan(ActionRecord.STREAM_LIMIT + 100);
    }

    @Test
    void anActionWithVeryManyCommandsKeepsTheFirstAndTheLast() {
        ActionRecord record = new ActionRecord(Set.of(), text -> {});
        for (int i = 0; i < 2000; i++) {
            record.finished(CommandLine.of("echo", "" + i), new CommandResult(0, "y".repeat(5000), ""), false);
        }
        assertThat(record.commands()).hasSize(ActionRecord.COMMAND_LIMIT + 1);
        assertThat(record.commands().getFirst().args()).containsExactly("echo", "0");
        assertThat(record.commands().get(ActionRecord.COMMAND_LIMIT / 2).args())
                .containsExactly("[… 1600 commands left out …]");
        assertThat(record.commands().getLast().args()).containsExactly("echo", "1999");
        assertThat(record.commands().stream()
                        .mapToInt(command -> command.stdout().length())
                        .sum())
                .isLessThan(ActionRecord.TOTAL_LIMIT + ActionRecord.COMMAND_LIMIT * (ActionRecord.LATE_LIMIT + 100));
    }

    @Test
    void theConsoleShowsCommandsOutputAndFailures() {
        StringBuilder console = new StringBuilder();
        ActionRecord record = new ActionRecord(Set.of("s3cret"), console::append);
        CommandLine line = CommandLine.of("login", "s3cret");
        record.started(line);
        record.output(line, "denied s3c");
        record.output(line, "ret\n");
        record.finished(line, new CommandResult(1, "denied s3cret\n", ""), false);
        record.remark("gave up on s3cret");
        assertThat(console.toString())
                .isEqualTo("$ login ******\ndenied ******\n[exit status 1]\n# gave up on ******\n");
    }

    @Test
    void unchangedLooksAreShownOnce() {
        StringBuilder console = new StringBuilder();
        ActionRecord record = new ActionRecord(Set.of(), console::append);
        for (String state : List.of("a", "a", "b", "b")) {
            record.finished(CommandLine.of("look"), new CommandResult(0, state + "\n", ""), true);
        }
        assertThat(console.toString()).isEqualTo("$ look\na\n$ look\nb\n");
        assertThat(record.commands()).hasSize(1);
    }

    @Test
    void everyActionOfTheContractIsThere() {
        assertThat(ActionInventory.missing()).isEmpty();
    }
}
