package io.burnish.agent.device;

import io.burnish.agent.command.Commands;
import io.burnish.agent.system.CommandResult;
import io.burnish.agent.system.HostSystem;
import io.burnish.contracts.agent.report.BlockDeviceReport.ZfsStorage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A pool and what is in it.
 *
 * @param datasets by guid
 * @param volumes by path
 */
record ZfsPoolContent(ZfsStorage pool, Map<String, ZfsStorage> datasets, Map<String, ZfsStorage> volumes) {

    private static final int FIELDS = 3;

    /** Asks for an imported pool; empty if it is gone meanwhile. */
    static Optional<ZfsPoolContent> query(String pool, HostSystem host, Commands commands, DeviceTable devices)
            throws InterruptedException, IOException {
        CommandResult list = commands.run("zpool", "list", "-H", "-o", "name,size,guid", pool);
        String[] fields = list.stdout().strip().split("\\t");
        if (!list.ok() || fields.length < FIELDS) {
            return Optional.empty();
        }
        List<String> drives =
                drives(commands.run("zpool", "list", "-PHv", "-o", "name", pool).stdout(), devices);
        ZfsStorage self =
                new ZfsStorage(pool, pool, "zfspool:" + pool, fields[2], ByteSize.parse(fields[1]), drives, null);
        Path directory = volumeDirectory(pool, host);
        List<String> names = host.list(directory);
        Map<String, ZfsStorage> datasets = new TreeMap<>();
        Map<String, ZfsStorage> volumes = new TreeMap<>();
        String all = commands.run("zfs", "list", "-H", "-o", "name,avail,guid").stdout();
        for (String line : all.lines().toList()) {
            String[] words = line.split("\\t");
            if (words.length < FIELDS || !words[0].startsWith(pool + "/")) {
                continue;
            }
            String base = words[0].substring(pool.length() + 1);
            if (names.contains(base)) {
                ZfsStorage volume = volume(words, directory.resolve(base), drives, host, devices);
                volumes.put(volume.path(), volume);
            } else {
                datasets.put(words[2], dataset(words, drives));
            }
        }
        return Optional.of(new ZfsPoolContent(self, datasets, volumes));
    }

    /** Members are printed with their full paths, indented by a tab below the pool. */
    static List<String> drives(String stdout, DeviceTable devices) {
        List<String> drives = new ArrayList<>();
        for (String line : stdout.lines().toList()) {
            String path = line.strip().split("\\s+")[0];
            if (path.startsWith("/")) {
                devices.atPath(path).ifPresent(drives::add);
            }
        }
        return drives;
    }

    /** The pool itself, unless something is in it. */
    Optional<ZfsStorage> usablePool() {
        return datasets.isEmpty() && volumes.isEmpty() ? Optional.of(pool) : Optional.empty();
    }

    private static ZfsStorage dataset(String[] words, List<String> drives) {
        return new ZfsStorage(
                words[0], words[0], "zfsset:" + words[2], words[2], ByteSize.parse(words[1]), drives, "zfs");
    }

    private static ZfsStorage volume(
            String[] words, Path link, List<String> drives, HostSystem host, DeviceTable devices) throws IOException {
        String device = host.realPath(link)
                .flatMap(path -> devices.atPath(path.toString()))
                .orElse(null);
        long size = device == null ? 0 : devices.nodes().get(device).size();
        return new ZfsStorage(words[0], link.toString(), device, words[2], size, drives, null);
    }

    private static Path volumeDirectory(String pool, HostSystem host) {
        Path current = Path.of("/dev/zvol", pool);
        return host.exists(current) ? current : Path.of("/dev", pool);
    }
}
