package io.burnish.agent.target;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.agent.action.Action;
import io.burnish.agent.action.ActionArguments;
import io.burnish.agent.action.ActionContext;
import io.burnish.agent.command.ActionFailedException;
import io.burnish.agent.system.CommandResult;
import io.burnish.contracts.agent.AgentAction;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sets or clears a configuration parameter on the MGS (agent contract, 7.3). {@code lctl conf_param} exits with 0 even for parameters
 * that do not exist and for lines that are no assignment (real Lustre, 4): the name is checked before, and the configuration log
 * is read back.
 */
final class SetConfParam implements Action {

    private static final Pattern KEY =
            Pattern.compile("(?<fs>[A-Za-z0-9_-]{1,8})(?<target>-(?:MDT|OST)[0-9a-f]{4})?\\.(?<name>[A-Za-z0-9_.-]+)");

    @Override
    public AgentAction id() {
        return AgentAction.SET_CONF_PARAM;
    }

    @Override
    public String purpose(ActionArguments arguments) {
        return "set the parameter " + arguments.text("key");
    }

    @Override
    public JsonNode run(ActionArguments arguments, ActionContext context) throws InterruptedException {
        String key = arguments.text("key");
        Matcher parts = KEY.matcher(key);
        if (!parts.matches()) {
            throw new ActionFailedException("'" + key + "' is not the name of a parameter");
        }
        Optional<String> value = arguments.optionalText("value");
        if (value.isPresent()) {
            context.commands().tryRun("lctl", "conf_param", key + "=" + value.get());
        } else {
            context.commands().tryRun("lctl", "conf_param", "-d", key);
        }
        verify(context, parts, value);
        return null;
    }

    private static void verify(ActionContext context, Matcher parts, Optional<String> value)
            throws InterruptedException {
        String name = parts.group("name");
        boolean wholeFilesystem = parts.group("target") == null;
        String device = wholeFilesystem ? parts.group("fs") : parts.group("fs") + parts.group("target");
        String log = wholeFilesystem || name.startsWith("osc.") ? parts.group("fs") + "-client" : device;
        CommandResult print = context.commands().run("lctl", "--device", "MGS", "llog_print", log);
        if (!print.ok() || !print.stdout().contains("event:")) {
            context.commands().remark("cannot read configuration log " + log + ": the parameter is not checked");
            return;
        }
        Optional<String> recorded = ConfigLog.value(print.stdout(), device, name);
        // parameters of the whole file system may be kept only in the logs of its targets
        boolean elsewhere = recorded.isEmpty() && wholeFilesystem;
        if (!elsewhere && !recorded.equals(value)) {
            throw new ActionFailedException("the MGS did not record it: its log " + log + " has "
                    + recorded.map(text -> "the value '" + text + "'").orElse("no value") + " for " + name);
        }
    }
}
