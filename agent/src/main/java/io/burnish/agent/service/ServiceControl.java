package io.burnish.agent.service;

import io.burnish.agent.action.ActionContext;
import io.burnish.agent.command.ActionFailedException;
import io.burnish.agent.command.Commands;
import io.burnish.agent.system.CommandLine;
import io.burnish.agent.system.CommandResult;
import java.io.IOException;
import java.util.Optional;

/**
 * System services (agent contract, 11). A command that succeeds is not enough: the service must also be seen active, or inactive,
 * within a bound; otherwise the command is tried again.
 */
public record ServiceControl(ActionContext context) {

    /** Starts a service and waits until it is active. */
    public void start(String service) throws InterruptedException, IOException {
        change("start", service, true);
    }

    /** Stops a service and waits until it is not active. */
    public void stop(String service) throws InterruptedException, IOException {
        change("stop", service, false);
    }

    /** Stops and starts. */
    public void restart(String service) throws InterruptedException, IOException {
        stop(service);
        start(service);
    }

    /** Starts with every boot. */
    public void enable(String service) throws InterruptedException {
        context.commands().tryRun("systemctl", "enable", service);
    }

    /** Does not start with boots. */
    public void disable(String service) throws InterruptedException {
        context.commands().tryRun("systemctl", "disable", service);
    }

    /** Whether it is active now. */
    public boolean active(String service) throws InterruptedException {
        return context.commands()
                .polling()
                .run("systemctl", "is-active", service)
                .ok();
    }

    /** Whether {@code service NAME status} says that it runs; on systems without {@code service}, {@link #active}. */
    public static boolean running(Commands commands, String service) throws InterruptedException {
        Optional<CommandResult> status = commands.runIfInstalled("service", service, "status");
        if (status.isPresent()) {
            return status.get().ok();
        }
        return commands.succeeds("systemctl", "is-active", service);
    }

    private void change(String verb, String service, boolean active) throws InterruptedException, IOException {
        CommandLine line = CommandLine.of("systemctl", verb, service);
        CommandResult result = context.commands().run(line);
        for (int attempt = 1; !settled(result, service, active); attempt++) {
            if (attempt >= context.waits().serviceTries()) {
                throw notSettled(line, result, service, active);
            }
            context.pause(context.waits().servicePause());
            result = context.commands().run(line);
        }
    }

    private boolean settled(CommandResult result, String service, boolean active)
            throws InterruptedException, IOException {
        return result.ok()
                && context.await(context.waits().service(), context.waits().step(), () -> active(service) == active);
    }

    private ActionFailedException notSettled(CommandLine line, CommandResult result, String service, boolean active) {
        if (!result.ok()) {
            return context.commands().failure(line, result);
        }
        return new ActionFailedException("service " + service + " is still " + (active ? "not active" : "active")
                + " although '" + line + "' succeeded " + context.waits().serviceTries() + " times; see its log with"
                + " 'journalctl -u " + service + "'");
    }
}
