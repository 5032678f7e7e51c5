package io.burnish.agent.device;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.agent.action.Action;
import io.burnish.agent.action.ActionArguments;
import io.burnish.agent.action.ActionContext;
import io.burnish.agent.config.ConfigStore;
import io.burnish.agent.system.CommandResult;
import io.burnish.contracts.agent.AgentAction;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Prepares drivers of block devices when a server is set up: ZFS must not import shared pools at boot (agent contract, 6.8). */
final class BlockDeviceDrivers implements Action {

    private static final Path HOST_ID = Path.of("/etc/hostid");
    private static final List<String> UNITS = List.of("zfs.target", "zfs-import-scan", "zfs-import-cache", "zfs-mount");
    private static final int NO_SUCH_UNIT = 4;
    private static final Pattern VERSION = Pattern.compile("^Version\\s*:\\s*(\\S+)", Pattern.MULTILINE);

    @Override
    public AgentAction id() {
        return AgentAction.INITIALISE_BLOCK_DEVICE_DRIVERS;
    }

    @Override
    public String purpose(ActionArguments arguments) {
        return "prepare the drivers of block devices";
    }

    @Override
    public JsonNode run(ActionArguments arguments, ActionContext context) throws InterruptedException {
        if (new ConfigStore(context.host()).profile().managed()) {
            forbidImportAtBoot(context);
        }
        for (String name : List.of("spl", "zfs")) {
            Optional<CommandResult> info = context.commands().runIfInstalled("rpm", "-qi", name);
            if (info.isPresent() && info.get().ok()) {
                load(context, name, info.get().stdout());
            }
        }
        return null;
    }

    private static void forbidImportAtBoot(ActionContext context) throws InterruptedException {
        // newer systems have the one of ZFS instead
        if (!context.host().exists(HOST_ID)
                && context.commands().runIfInstalled("genhostid").isEmpty()) {
            context.commands().runIfInstalled("zgenhostid");
        }
        for (String unit : UNITS) {
            if (context.commands().run("systemctl", "status", unit).rc() != NO_SUCH_UNIT) {
                context.commands().tryRun("systemctl", "disable", unit);
            }
        }
    }

    private static void load(ActionContext context, String name, String info) throws InterruptedException {
        Matcher version = VERSION.matcher(info);
        if (version.find()) {
            // without dkms the module comes ready-made for its kernel
            context.commands().runIfInstalled("dkms", "install", name + "/" + version.group(1));
        }
        context.commands().tryRun("modprobe", name);
    }
}
