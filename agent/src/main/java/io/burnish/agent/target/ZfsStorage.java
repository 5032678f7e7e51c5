package io.burnish.agent.target;

import io.burnish.agent.action.ActionContext;
import io.burnish.agent.system.CommandLine;
import java.util.List;
import java.util.Optional;

/** Datasets in a ZFS pool, which only one server at a time may have imported. A path is a pool or {@code POOL/DATASET}. */
record ZfsStorage() implements TargetStorage {

    private static final String NOT_MOUNTED = "mountpoint=none";

    @Override
    public Optional<String> occupant(ActionContext context, String path) throws InterruptedException {
        String pool = pool(path);
        List<String> datasets = context.commands()
                .tryRun(CommandLine.of("zfs", "list", "-H", "-o", "name", "-r", pool))
                .lines()
                .map(String::strip)
                .filter(name -> name.contains("/"))
                .toList();
        return datasets.isEmpty()
                ? Optional.empty()
                : Optional.of("Dataset(s) " + String.join(", ", datasets) + " found in pool '" + pool + "'");
    }

    @Override
    public void prepareFormat(ActionContext context, String device) throws InterruptedException {
        context.commands().tryRun("modprobe", "osd_zfs");
        context.commands().tryRun("modprobe", "zfs");
        // a pool that lost its disks must take the server down, so that the cluster moves its targets
        context.commands().tryRun("zpool", "set", "failmode=panic", pool(device));
    }

    @Override
    public String formatDevice(String device, String targetName) {
        return pool(device) + "/" + targetName;
    }

    @Override
    public Optional<String> mkfsOptions(Optional<String> wanted) {
        return Optional.of(wanted.map(options -> options + " -o " + NOT_MOUNTED).orElse(NOT_MOUNTED));
    }

    @Override
    public FormatResult inspect(ActionContext context, String device) throws InterruptedException {
        return new FormatResult(property(context, "guid", device), "zfs", null, null);
    }

    @Override
    public String label(ActionContext context, String device) throws InterruptedException {
        return property(context, "lustre:svname", device);
    }

    @Override
    public boolean same(ActionContext context, String device, String other) {
        return device.equals(other);
    }

    @Override
    public String mountSource(ActionContext context, String device) {
        return device;
    }

    @Override
    public void importDevice(ActionContext context, String path, boolean force) throws InterruptedException {
        context.locks().holding(PoolOwnership.lock(pool(path)), () -> {
            new PoolOwnership(context, pool(path)).take(force);
            return null;
        });
    }

    @Override
    public void exportDevice(ActionContext context, String path) throws InterruptedException {
        context.locks().holding(PoolOwnership.lock(pool(path)), () -> {
            new PoolOwnership(context, pool(path)).giveUp();
            return null;
        });
    }

    static String pool(String path) {
        int slash = path.indexOf('/');
        return slash < 0 ? path : path.substring(0, slash);
    }

    private static String property(ActionContext context, String name, String dataset) throws InterruptedException {
        return context.commands()
                .tryRun("zfs", "get", "-H", "-o", "value", name, dataset)
                .strip();
    }
}
