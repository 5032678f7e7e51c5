package io.burnish.agent.pacemaker;

import io.burnish.agent.action.ActionContext;
import io.burnish.agent.command.ActionFailedException;
import io.burnish.agent.command.Commands;
import io.burnish.agent.service.ServiceControl;
import io.burnish.agent.system.CommandLine;
import io.burnish.agent.system.CommandResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.w3c.dom.Element;

/**
 * The cluster's database through {@code cibadmin}. While the cluster elects or starts, commands fail for a while: they are repeated
 * within a bound (agent contract, 10.4).
 */
public record Cib(ActionContext context) {

    // timer expired, protocol, quorum …, not connected: Pacemaker 1.1; disconnected, time-out: Pacemaker 2
    private static final Set<Integer> BUSY = Set.of(10, 41, 62, 107, 102, 124);
    private static final Set<Integer> EXISTS = Set.of(76, 108);
    private static final Set<Integer> MISSING = Set.of(234, 6, 105);

    /**
     * Runs {@code cibadmin} with these arguments.
     *
     * @throws ActionFailedException if it fails, with the cluster services' state in the record
     */
    public String run(String... args) throws InterruptedException {
        CommandResult result = attempt(args);
        if (!result.ok()) {
            throw failure(line(args), result);
        }
        return result.stdout();
    }

    /**
     * Adds to a section or changes what is there, in one change. The text goes through standard input: nobody sees what it holds.
     *
     * @param section {@code nodes}, {@code resources}, …
     * @throws ActionFailedException as {@link #run}
     */
    public void modify(String section, String xml) throws InterruptedException {
        CommandLine line =
                line("--modify", "--allow-create", "-o", section, "--xml-pipe").withInput(xml);
        CommandResult result = attempt(context.commands(), line);
        if (!result.ok()) {
            throw failure(line, result);
        }
    }

    /** Runs {@code cibadmin -C}-like commands: false if the object exists already. */
    public boolean create(String... args) throws InterruptedException {
        CommandResult result = attempt(args);
        if (EXISTS.contains(result.rc())) {
            return false;
        }
        if (!result.ok()) {
            throw failure(line(args), result);
        }
        return true;
    }

    /** Runs {@code cibadmin -D}-like commands: a missing object is fine. */
    public void delete(String... args) throws InterruptedException {
        CommandResult result = attempt(args);
        if (!result.ok() && !MISSING.contains(result.rc())) {
            throw failure(line(args), result);
        }
    }

    /** The whole database; not recorded, since it holds passwords of fence agents. */
    public Element query() throws InterruptedException {
        CommandResult result = attempt(context.commands().discreet(), line("--query"));
        if (!result.ok()) {
            throw failure(line("--query"), result);
        }
        return Xml.parse(result.stdout())
                .orElseThrow(() -> new ActionFailedException("'cibadmin --query' did not print XML"));
    }

    private CommandResult attempt(String... args) throws InterruptedException {
        return attempt(context.commands(), line(args));
    }

    private CommandResult attempt(Commands commands, CommandLine line) throws InterruptedException {
        long end = System.nanoTime() + context.waits().cib().toNanos();
        Duration pause = context.waits().step();
        CommandResult result = commands.run(line);
        while (BUSY.contains(result.rc()) && System.nanoTime() < end) {
            context.pause(pause);
            pause = longer(pause);
            result = commands.run(line);
        }
        return result;
    }

    private ActionFailedException failure(CommandLine line, CommandResult result) throws InterruptedException {
        ServiceControl.running(context.commands(), "corosync");
        ServiceControl.running(context.commands(), "pacemaker");
        return context.commands().failure(line, result);
    }

    private Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(context.waits().pacemakerLook()) < 0
                ? twice
                : context.waits().pacemakerLook();
    }

    private static CommandLine line(String... args) {
        List<String> words = new ArrayList<>(List.of("cibadmin"));
        words.addAll(List.of(args));
        return CommandLine.of(words);
    }
}
