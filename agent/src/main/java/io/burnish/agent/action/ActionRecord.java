package io.burnish.agent.action;

import io.burnish.agent.command.CommandRecorder;
import io.burnish.agent.system.CommandLine;
import io.burnish.agent.system.CommandResult;
import io.burnish.contracts.agent.ActionOutcome.CommandRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What the commands of one action printed: for the outcome (bounded, secrets masked) and as it comes for the console.
 *
 * <p>Bounds: {@link #STREAM_LIMIT} characters per stream of a command; once {@link #TOTAL_LIMIT} is used up, {@link #LATE_LIMIT} per
 * stream; {@link #COMMAND_LIMIT} commands, of which the middle ones are dropped.
 */
final class ActionRecord implements CommandRecorder {

    static final int STREAM_LIMIT = 256 * 1024;
    static final int TOTAL_LIMIT = 1024 * 1024;
    static final int LATE_LIMIT = 2 * 1024;
    static final int COMMAND_LIMIT = 400;

    private final SecretMask mask;
    private final Consumer<String> console;
    private final List<CommandRecord> first = new ArrayList<>();
    private final List<CommandRecord> last = new ArrayList<>();
    private long characters;
    private long dropped;
    private List<String> lastPoll = List.of();
    private String lastPollOutput = "";

    ActionRecord(Set<String> secrets, Consumer<String> console) {
        this.mask = new SecretMask(secrets);
        this.console = console;
    }

    @Override
    public void started(CommandLine command) {
        show("$ " + mask.mask(String.join(" ", command.args())) + "\n");
    }

    @Override
    public void output(CommandLine command, String text) {
        show(mask.next(text));
    }

    @Override
    public synchronized void finished(CommandLine command, CommandResult result, boolean poll) {
        show(mask.rest());
        CommandRecord record = record(command, result);
        if (poll) {
            keepPoll(record);
        } else {
            lastPoll = List.of();
            keep(record);
            if (!result.ok()) {
                show("[exit status " + result.rc() + "]\n");
            }
        }
    }

    @Override
    public void remark(String text) {
        show("# " + mask.mask(text) + "\n");
    }

    /** All commands in order. */
    synchronized List<CommandRecord> commands() {
        List<CommandRecord> all = new ArrayList<>(first);
        if (dropped > 0) {
            all.add(new CommandRecord(List.of("[… " + dropped + " commands left out …]"), 0, "", ""));
        }
        all.addAll(last);
        return all;
    }

    /** A text without the action's secrets. */
    String masked(String text) {
        return mask.mask(text);
    }

    private void keepPoll(CommandRecord record) {
        boolean repeated = record.args().equals(lastPoll);
        if (repeated) {
            removeLatest();
        }
        lastPoll = record.args();
        keep(record);
        if (!repeated || !record.stdout().equals(lastPollOutput)) {
            show("$ " + String.join(" ", record.args()) + "\n" + record.stdout() + record.stderr());
        }
        lastPollOutput = record.stdout();
    }

    private void keep(CommandRecord record) {
        characters += record.stdout().length() + record.stderr().length();
        if (first.size() < COMMAND_LIMIT / 2) {
            first.add(record);
            return;
        }
        last.add(record);
        if (last.size() > COMMAND_LIMIT / 2) {
            last.removeFirst();
            dropped++;
        }
    }

    private void removeLatest() {
        CommandRecord latest = last.isEmpty() ? first.removeLast() : last.removeLast();
        characters -= latest.stdout().length() + latest.stderr().length();
    }

    private CommandRecord record(CommandLine command, CommandResult result) {
        int limit = characters < TOTAL_LIMIT ? STREAM_LIMIT : LATE_LIMIT;
        return new CommandRecord(
                command.args().stream().map(mask::mask).toList(),
                result.rc(),
                Excerpt.of(mask.mask(result.stdout()), limit),
                Excerpt.of(mask.mask(result.stderr()), limit));
    }

    private void show(String text) {
        if (!text.isEmpty()) {
            console.accept(text);
        }
    }
}
