package io.burnish.agent.firewall;

import io.burnish.agent.action.ActionContext;
import io.burnish.agent.system.CommandLine;
import io.burnish.agent.system.CommandNotFoundException;
import io.burnish.agent.system.CommandResult;
import java.util.ArrayList;
import java.util.List;

/** Rules of firewalld (agent contract, 11). A server without it, or where it does not run, needs none. */
public record Firewall(ActionContext context) {

    private static final String COMMAND = "/usr/bin/firewall-cmd";
    private static final int NOT_RUNNING = 252;

    /** Lets a port through, now and after boots. */
    public void open(int port, String protocol) throws InterruptedException {
        port("--add-port=", "ALREADY_ENABLED", port, protocol);
    }

    /** Takes it back. */
    public void close(int port, String protocol) throws InterruptedException {
        port("--remove-port=", "NOT_ENABLED", port, protocol);
    }

    /** Lets a protocol through to an address until the next boot. */
    public void openAddress(String address, String protocol) throws InterruptedException {
        rule("--add-rich-rule=", "ALREADY_ENABLED", rich(address, protocol));
    }

    /** Takes it back. */
    public void closeAddress(String address, String protocol) throws InterruptedException {
        rule("--remove-rich-rule=", "NOT_ENABLED", rich(address, protocol));
    }

    private void port(String option, String noChange, int port, String protocol) throws InterruptedException {
        String value = port + "/" + protocol;
        if (rule(option, noChange, value)) {
            rule(option, noChange, value, "--permanent");
        }
    }

    private boolean rule(String option, String noChange, String value, String... more) throws InterruptedException {
        List<String> args = new ArrayList<>(List.of(COMMAND, option + value));
        args.addAll(List.of(more));
        CommandLine line = CommandLine.of(args);
        CommandResult result;
        try {
            result = context.commands().run(line);
        } catch (CommandNotFoundException e) {
            context.commands().remark("no firewalld on this server, nothing to change");
            return false;
        }
        if (result.rc() == NOT_RUNNING) {
            return false;
        }
        if (!result.ok()) {
            throw context.commands().failure(line, result);
        }
        return !(result.stdout() + result.stderr()).contains("Warning: " + noChange);
    }

    private static String rich(String address, String protocol) {
        return "rule family=\"ipv4\" destination address=\"" + address + "\" protocol value=\"" + protocol
                + "\" accept";
    }
}
