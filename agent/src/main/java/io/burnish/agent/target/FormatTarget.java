package io.burnish.agent.target;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.agent.action.Action;
import io.burnish.agent.action.ActionArguments;
import io.burnish.agent.action.ActionContext;
import io.burnish.agent.command.ActionFailedException;
import io.burnish.agent.system.CommandLine;
import io.burnish.agent.system.CommandResult;
import io.burnish.agent.system.OutcomeUnknownException;
import io.burnish.contracts.agent.AgentAction;
import java.util.List;
import java.util.Set;

/**
 * Formats a target (agent contract, 9.2). mkfs runs once per action, whatever happens to the agent. Only when the server went down
 * while it ran is its end unknown; then the device is looked at: exactly the wanted, never mounted target means that it had
 * finished; anything else is its torn work, or what it was going to overwrite, and is formatted again.
 */
final class FormatTarget implements Action {

    private static final Set<Integer> ALREADY_FORMATTED = Set.of(1, 17);

    @Override
    public AgentAction id() {
        return AgentAction.FORMAT_TARGET;
    }

    @Override
    public String purpose(ActionArguments arguments) {
        return "format " + arguments.text("target_name") + " on " + arguments.text("device");
    }

    @Override
    public JsonNode run(ActionArguments arguments, ActionContext context) throws InterruptedException {
        checkIndex(arguments);
        TargetStorage storage = TargetStorage.of(arguments.text("device_type"));
        String device = storage.formatDevice(arguments.text("device"), arguments.text("target_name"));
        storage.prepareFormat(context, arguments.text("device"));
        format(arguments, context, storage, device);
        if (arguments.flag("dryrun")) {
            return null;
        }
        return json(storage.inspect(context, device));
    }

    /** Without an index mkfs only warns, and the target gets a number that nobody knows (real Lustre, 2). */
    private static void checkIndex(ActionArguments arguments) {
        boolean numbered = arguments.optionalText("index").isPresent();
        if (!numbered && arguments.texts("target_types").contains("ost")) {
            throw new ActionFailedException("an OST needs an index");
        }
    }

    private static void format(ActionArguments arguments, ActionContext context, TargetStorage storage, String device)
            throws InterruptedException {
        CommandLine first =
                mkfs(arguments, storage, arguments.flag("reformat"), device).once(context.onceKey("mkfs"));
        CommandResult result;
        try {
            result = context.commands().run(first);
        } catch (OutcomeUnknownException e) {
            if (WantedTarget.of(arguments).isOn(context, device)) {
                context.commands().remark("mkfs had finished before the server went down");
                return;
            }
            context.commands().remark("the server went down while mkfs ran: formatting again");
            String again = context.onceKey("mkfs-" + context.host().bootId());
            result = context.commands()
                    .run(mkfs(arguments, storage, true, device).once(again));
        }
        if (!result.ok()) {
            throw failure(context, first, result);
        }
    }

    private static ActionFailedException failure(ActionContext context, CommandLine mkfs, CommandResult result) {
        ActionFailedException failure = context.commands().failure(mkfs, result);
        boolean formatted =
                ALREADY_FORMATTED.contains(result.rc()) && result.stderr().contains("--reformat");
        return formatted
                ? new ActionFailedException("the device carries a Lustre target already; choose another device or"
                        + " reformat it. " + failure.getMessage())
                : failure;
    }

    private static CommandLine mkfs(ActionArguments arguments, TargetStorage storage, boolean reformat, String device) {
        List<String> words = LustreCommandLine.mkfs(
                arguments, storage.mkfsOptions(arguments.optionalText("mkfsoptions")), reformat, device);
        return CommandLine.of(words);
    }

    private static JsonNode json(TargetStorage.FormatResult result) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("uuid", result.uuid());
        json.put("filesystem_type", result.filesystemType());
        json.put("inode_size", result.inodeSize());
        json.put("inode_count", result.inodeCount());
        return json;
    }
}
