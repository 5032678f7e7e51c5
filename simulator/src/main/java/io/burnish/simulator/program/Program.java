package io.burnish.simulator.program;

import io.burnish.agent.system.CommandResult;

/** A program of a virtual server. Runs under the laboratory's lock and returns at once. */
@FunctionalInterface
public interface Program {

    /** Does what the arguments say, to the machine and the laboratory. */
    CommandResult run(Invocation invocation);

    /** Success without output. */
    static CommandResult ok() {
        return new CommandResult(0, "", "");
    }

    /** Success with output. */
    static CommandResult ok(String stdout) {
        return new CommandResult(0, stdout, "");
    }

    /** A failure. */
    static CommandResult failed(int rc, String stderr) {
        return new CommandResult(rc, "", stderr + "\n");
    }
}
