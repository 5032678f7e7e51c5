package io.burnish.agent;

import io.burnish.agent.cli.CommandLineTool;

/** Entry of the program {@code burnish-agent}. */
public final class AgentMain {

    private AgentMain() {}

    /** Runs a command; see {@link CommandLineTool}. */
    public static void main(String[] args) {
        System.exit(CommandLineTool.run(args));
    }
}
