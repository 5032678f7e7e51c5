package io.burnish.agent.packages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.agent.action.Action;
import io.burnish.agent.action.ActionArguments;
import io.burnish.agent.action.ActionContext;
import io.burnish.agent.command.Commands;
import io.burnish.contracts.agent.AgentAction;
import io.burnish.contracts.agent.report.RpmOrder;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which kernel runs, and which one Lustre's modules need (agent contract, 8.2). */
final class KernelStatus implements Action {

    private static final Pattern NEEDED = Pattern.compile("^kernel >= (\\S+)\\s*$", Pattern.MULTILINE);

    @Override
    public AgentAction id() {
        return AgentAction.KERNEL_STATUS;
    }

    @Override
    public String purpose(ActionArguments arguments) {
        return "find out its kernels";
    }

    @Override
    public JsonNode run(ActionArguments arguments, ActionContext context) throws InterruptedException {
        Commands commands = context.commands();
        String running = "kernel-" + commands.tryRun("uname", "-r").strip();
        List<String> available = lines(commands, "rpm", "-q", "kernel");
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        status.put("running", running);
        status.put("required", required(commands, available).orElse(null));
        ArrayNode list = status.putArray("available");
        available.forEach(list::add);
        return status;
    }

    /** The newest, not the last by its letters: 553.5.1 is newer than 553.el8. */
    private static Optional<String> required(Commands commands, List<String> available) throws InterruptedException {
        if (commands.succeeds("rpm", "-q", "--whatprovides", "kmod-lustre")) {
            return available.stream()
                    .filter(kernel -> kernel.contains("_lustre"))
                    .max(RpmOrder::compare);
        }
        if (!commands.succeeds("rpm", "-q", "kmod-lustre-client")) {
            return Optional.empty();
        }
        Matcher needed = NEEDED.matcher(
                commands.run("rpm", "-q", "--requires", "kmod-lustre-client").stdout());
        return needed.find()
                ? lines(commands, "rpm", "-q", "kernel-" + needed.group(1) + "*").stream()
                        .findFirst()
                : Optional.empty();
    }

    private static List<String> lines(Commands commands, String... args) throws InterruptedException {
        return commands.runIfInstalled(args)
                .filter(result -> result.ok())
                .map(result -> result.stdout()
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .toList())
                .orElse(List.of());
    }
}
