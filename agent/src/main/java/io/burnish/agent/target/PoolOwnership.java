package io.burnish.agent.target;

import io.burnish.agent.action.ActionContext;
import io.burnish.agent.command.ActionFailedException;
import io.burnish.agent.system.CommandLine;
import io.burnish.agent.system.CommandResult;
import java.util.Arrays;

/** Import and export of a pool (agent contract, 9.4). Errors are recognised by fragments, which all versions share. */
public record PoolOwnership(ActionContext context, String pool) {

    private static final String EXISTS = "a pool with that name already exists";

    /** Name of the lock under which a pool is imported and exported: discovery imports pools as well, for a look. */
    public static String lock(String pool) {
        return "zpool " + pool;
    }

    /** Imports; with {@code force} also a pool that its last server did not export. */
    void take(boolean force) throws InterruptedException {
        CommandResult result = importPool(force);
        if (result.ok()) {
            return;
        }
        if (!result.stderr().contains(EXISTS)) {
            throw context.commands().failure(CommandLine.of("zpool", "import", pool), result);
        }
        if (!readOnly()) {
            return;
        }
        // left over from a look at its content
        giveUp();
        result = importPool(force);
        if (!result.ok()) {
            throw context.commands().failure(CommandLine.of("zpool", "import", pool), result);
        }
        if (readOnly()) {
            throw new ActionFailedException("pool '" + pool + "' can only be imported read-only");
        }
    }

    /** Exports; a pool that is not here is fine, a busy one is waited for. */
    void giveUp() throws InterruptedException {
        CommandLine export = CommandLine.of("zpool", "export", pool);
        CommandResult result = context.commands().run(export);
        for (int attempt = 1;
                result.stderr().contains("pool is busy")
                        && attempt < context.waits().exportTries();
                attempt++) {
            context.pause(context.waits().exportPause());
            result = context.commands().run(export);
        }
        if (!result.ok() && !result.stderr().contains("no such pool")) {
            throw context.commands().failure(export, result);
        }
    }

    private CommandResult importPool(boolean force) throws InterruptedException {
        CommandResult result = context.commands().run("zpool", "import", pool);
        boolean inUse = !result.ok()
                && result.stderr().contains("-f")
                && !result.stderr().contains(EXISTS);
        return inUse && force ? context.commands().run("zpool", "import", "-f", pool) : result;
    }

    private boolean readOnly() throws InterruptedException {
        return readOnly(context.commands().tryRun("zpool", "get", "-Hp", "all", pool));
    }

    /** Whether {@code zpool get -Hp all POOL} says so. */
    public static boolean readOnly(String properties) {
        return Arrays.stream(properties.split("\n"))
                .map(line -> line.split("\\s+"))
                .anyMatch(words -> words.length > 2 && words[1].equals("readonly") && words[2].equals("on"));
    }
}
