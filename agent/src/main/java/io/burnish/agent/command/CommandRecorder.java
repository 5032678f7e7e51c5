package io.burnish.agent.command;

import io.burnish.agent.system.CommandLine;
import io.burnish.agent.system.CommandResult;

/** Gets to know which commands run and what they print. */
public interface CommandRecorder {

    /** Keeps nothing. */
    CommandRecorder NONE = new CommandRecorder() {
        @Override
        public void started(CommandLine command) {}

        @Override
        public void output(CommandLine command, String text) {}

        @Override
        public void finished(CommandLine command, CommandResult result, boolean poll) {}

        @Override
        public void remark(String text) {}
    };

    /** A command is about to run. */
    void started(CommandLine command);

    /** It printed something; may be called from any thread. */
    void output(CommandLine command, String text);

    /**
     * It ended.
     *
     * @param poll the command only looks how far something is and may run hundreds of times: only its last result matters
     */
    void finished(CommandLine command, CommandResult result, boolean poll);

    /** Something that the reader of the console should know. */
    void remark(String text);
}
