package io.burnish.agent.target;

import io.burnish.agent.action.ActionContext;
import io.burnish.agent.command.ActionFailedException;
import io.burnish.agent.system.CommandLine;
import io.burnish.agent.system.CommandResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Block devices, with or without LVM, formatted as ldiskfs. Nothing needs to be imported or exported. */
record LdiskfsStorage() implements TargetStorage {

    private static final int NOTHING_FOUND = 2;

    @Override
    public Optional<String> occupant(ActionContext context, String path) throws InterruptedException {
        CommandLine line = CommandLine.of("blkid", "-p", "-o", "value", "-s", "TYPE", path);
        CommandResult result = context.commands().run(line);
        if (result.rc() == NOTHING_FOUND) {
            return Optional.empty();
        }
        if (!result.ok()) {
            throw context.commands().failure(line, result);
        }
        String type = result.stdout().strip();
        return type.isEmpty() ? Optional.empty() : Optional.of("Filesystem found: type '" + type + "'");
    }

    @Override
    public void prepareFormat(ActionContext context, String device) throws InterruptedException {
        TargetStorage.loadFirst(context, List.of("osd_ldiskfs", "ldiskfs"));
    }

    @Override
    public String formatDevice(String device, String targetName) {
        return device;
    }

    @Override
    public Optional<String> mkfsOptions(Optional<String> wanted) {
        return wanted;
    }

    @Override
    public FormatResult inspect(ActionContext context, String device) throws InterruptedException {
        String uuid = blkid(context, "UUID", device);
        String type = blkid(context, "TYPE", device);
        String superblock = context.commands().tryRun("dumpe2fs", "-h", device);
        return new FormatResult(uuid, type, number(superblock, "Inode size"), number(superblock, "Inode count"));
    }

    @Override
    public String label(ActionContext context, String device) throws InterruptedException {
        return context.commands()
                .tryRun("blkid", "-c/dev/null", "-o", "value", "-s", "LABEL", device)
                .strip();
    }

    @Override
    public boolean same(ActionContext context, String device, String other) throws IOException {
        return mountSource(context, device).equals(mountSource(context, other));
    }

    @Override
    public String mountSource(ActionContext context, String device) throws IOException {
        // /proc/mounts shows the device itself, not the link by which it was mounted (real Lustre, 7)
        return context.host().realPath(Path.of(device)).map(Path::toString).orElse(device);
    }

    @Override
    public void importDevice(ActionContext context, String path, boolean force) {
        // any server that sees a block device can use it
    }

    @Override
    public void exportDevice(ActionContext context, String path) {
        // nothing holds an unmounted block device
    }

    private static String blkid(ActionContext context, String tag, String device) throws InterruptedException {
        return context.commands()
                .tryRun("blkid", "-p", "-o", "value", "-s", tag, device)
                .strip();
    }

    static Long number(String superblock, String name) {
        Matcher matcher =
                Pattern.compile("^" + name + ":\\s+(\\d+)", Pattern.MULTILINE).matcher(superblock);
        if (!matcher.find()) {
            throw new ActionFailedException("dumpe2fs printed no '" + name + "'");
        }
        return Long.valueOf(matcher.group(1));
    }
}
