package io.burnish.agent.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.agent.action.Action;
import io.burnish.agent.action.ActionArguments;
import io.burnish.agent.action.ActionContext;
import io.burnish.agent.command.ActionFailedException;
import io.burnish.agent.lustre.MountTable;
import io.burnish.agent.system.CommandLine;
import io.burnish.agent.system.CommandResult;
import io.burnish.contracts.agent.AgentAction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The actions of this package: Lustre client mounts of this server (agent contract, 12). */
public final class ClientActions {

    private ClientActions() {}

    /** All of them. */
    public static List<Action> all() {
        return List.of(new Mount(), new Unmount());
    }

    private record ClientMount(String spec, String mountPoint) {

        static List<ClientMount> in(ActionArguments arguments) {
            List<ClientMount> mounts = new ArrayList<>();
            for (JsonNode pair : arguments.raw("filesystems")) {
                if (pair.size() != 2) {
                    throw new ActionFailedException(
                            "argument 'filesystems' must hold pairs of mount spec and mount" + " point, found " + pair);
                }
                mounts.add(new ClientMount(pair.get(0).asText(), pair.get(1).asText()));
            }
            return mounts;
        }

        boolean mounted(ActionContext context) throws IOException {
            return MountTable.current(context.host())
                    .at(mountPoint)
                    .filter(entry -> entry.type().equals("lustre"))
                    .isPresent();
        }

        static String points(ActionArguments arguments) {
            return in(arguments).stream().map(ClientMount::mountPoint).collect(Collectors.joining(", "));
        }
    }

    private static final class Mount implements Action {

        @Override
        public AgentAction id() {
            return AgentAction.MOUNT_LUSTRE_FILESYSTEMS;
        }

        @Override
        public String purpose(ActionArguments arguments) {
            return "mount " + ClientMount.points(arguments);
        }

        @Override
        public JsonNode run(ActionArguments arguments, ActionContext context) throws InterruptedException, IOException {
            for (ClientMount mount : ClientMount.in(arguments)) {
                context.host().createDirectories(Path.of(mount.mountPoint()));
                new FstabFile(context.host()).put(mount.spec(), mount.mountPoint());
                if (!mount.mounted(context)) {
                    context.commands().tryRun("/bin/mount", mount.mountPoint());
                }
            }
            return null;
        }
    }

    private static final class Unmount implements Action {

        @Override
        public AgentAction id() {
            return AgentAction.UNMOUNT_LUSTRE_FILESYSTEMS;
        }

        @Override
        public String purpose(ActionArguments arguments) {
            return "unmount " + ClientMount.points(arguments);
        }

        @Override
        public JsonNode run(ActionArguments arguments, ActionContext context) throws InterruptedException, IOException {
            for (ClientMount mount : ClientMount.in(arguments)) {
                new FstabFile(context.host()).remove(mount.spec());
                if (mount.mounted(context)) {
                    unmount(mount, context);
                }
            }
            return null;
        }

        private static void unmount(ClientMount mount, ActionContext context) throws InterruptedException, IOException {
            CommandLine umount = CommandLine.of("/bin/umount", mount.mountPoint());
            CommandResult result = context.commands().run(umount);
            if (!result.ok() && mount.mounted(context)) {
                throw context.commands().failure(umount, result);
            }
        }
    }
}
