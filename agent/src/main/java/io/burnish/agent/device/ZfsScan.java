package io.burnish.agent.device;

import io.burnish.agent.NamedLocks;
import io.burnish.agent.command.Commands;
import io.burnish.agent.system.CommandResult;
import io.burnish.agent.system.HostSystem;
import io.burnish.agent.target.PoolOwnership;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.MalformedMessageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Pools of ZFS (agent contract, 6.4). A pool that is not imported is imported read-only for a look. What was seen is remembered, and
 * reported for a pool that another server has imported: so both servers of a pair go on showing the shared pool.
 */
final class ZfsScan {

    private static final Path MEMORY = Path.of("/var/lib/iml/zfs_store.json");
    private static final int OWNER_ONLY = 0600;

    private final HostSystem host;
    private final NamedLocks locks;

    ZfsScan(HostSystem host, NamedLocks locks) {
        this.host = host;
        this.locks = locks;
    }

    /** What the memory file holds: pools by guid. */
    record Memory(Map<String, ZfsPoolContent> pools) {}

    List<ZfsPoolContent> run(Commands commands, DeviceTable devices) throws InterruptedException, IOException {
        Optional<CommandResult> imported = commands.runIfInstalled("zpool", "status");
        if (imported.isEmpty()) {
            return List.of();
        }
        Memory memory = read();
        Map<String, ZfsPoolContent> pools = new TreeMap<>(memory.pools());
        List<ZfsPoolContent> found = new ArrayList<>();
        for (ZpoolListing.Pool pool : ZpoolListing.parse(imported.get().stdout())) {
            if (pool.healthy()) {
                query(pool.name(), commands, devices).ifPresent(found::add);
            }
        }
        for (ZpoolListing.Pool pool :
                ZpoolListing.parse(commands.run("zpool", "import").stdout())) {
            Optional<ZfsPoolContent> content = pool.healthy() ? look(pool.name(), commands, devices) : Optional.empty();
            content.or(() -> Optional.ofNullable(pools.get(pool.guid()))).ifPresent(found::add);
        }
        found.forEach(content -> pools.put(content.pool().uuid(), content));
        if (!pools.equals(memory.pools())) {
            host.write(MEMORY, ContractJson.text(new Memory(pools)) + "\n", OWNER_ONLY);
        }
        return found;
    }

    /** Imports the pool for a look. Never forced: a pool that another server uses stays there. */
    private Optional<ZfsPoolContent> look(String pool, Commands commands, DeviceTable devices)
            throws InterruptedException {
        return locks.holding(PoolOwnership.lock(pool), () -> {
            CommandResult imported =
                    commands.run("zpool", "import", "-N", "-o", "readonly=on", "-o", "cachefile=none", pool);
            if (!imported.ok()) {
                return Optional.empty();
            }
            try {
                return query(pool, commands, devices);
            } finally {
                leave(pool, commands);
            }
        });
    }

    /** The cluster may have taken the pool over while we looked: then it is not ours to export. */
    private static void leave(String pool, Commands commands) throws InterruptedException {
        if (PoolOwnership.readOnly(
                commands.run("zpool", "get", "-Hp", "all", pool).stdout())) {
            commands.run("zpool", "export", pool);
        }
    }

    private Optional<ZfsPoolContent> query(String pool, Commands commands, DeviceTable devices)
            throws InterruptedException {
        try {
            return ZfsPoolContent.query(pool, host, commands, devices);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Memory read() throws IOException {
        Optional<String> text = host.read(MEMORY);
        if (text.isEmpty()) {
            return new Memory(Map.of());
        }
        try {
            Memory memory = ContractJson.read(text.get(), Memory.class);
            return memory.pools() == null ? new Memory(Map.of()) : memory;
        } catch (MalformedMessageException e) {
            // another product's file, or a torn one: it is only a memory
            return new Memory(Map.of());
        }
    }
}
