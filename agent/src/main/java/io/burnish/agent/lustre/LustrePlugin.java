package io.burnish.agent.lustre;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.agent.command.Commands;
import io.burnish.agent.device.DevicePaths;
import io.burnish.agent.pacemaker.ResourceList;
import io.burnish.agent.report.Plugin;
import io.burnish.agent.system.CommandResult;
import io.burnish.agent.system.HostSystem;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.agent.report.LustreReport;
import io.burnish.contracts.agent.report.LustreReport.ClientMount;
import io.burnish.contracts.agent.report.LustreReport.Properties;
import io.burnish.contracts.agent.report.LustreReport.ResourceLocations;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Plug-in {@code lustre}: properties, mounts, locations of resources (agent contract, 5.1). */
public final class LustrePlugin implements Plugin {

    private static final Path OS_RELEASE = Path.of("/etc/os-release");
    private static final Path KERNEL = Path.of("/proc/sys/kernel/osrelease");
    private static final Path MODULES = Path.of("/proc/modules");
    private static final List<String> CAPABILITIES = List.of(
            "manage_updates",
            "manage_ntp",
            "manage_lnet",
            "manage_client_mounts",
            "manage_copytools",
            "manage_networks",
            "manage_conf_params",
            "manage_targets");

    private final HostSystem host;
    private final String version;
    private final MountedTargets targets;
    private Boolean zfs;

    /** The plug-in of a server, for an agent of that version. */
    public LustrePlugin(HostSystem host, String version, DevicePaths paths) {
        this.host = host;
        this.version = version;
        this.targets = new MountedTargets(paths);
    }

    @Override
    public String name() {
        return LustreReport.PLUGIN;
    }

    @Override
    public synchronized ObjectNode scan(Commands commands) throws InterruptedException, IOException {
        Instant startedAt = host.now();
        if (zfs == null) {
            zfs = commands.succeeds("which", "zfs");
        }
        MountTable mounts = MountTable.current(host);
        LustreReport report = new LustreReport(
                startedAt,
                version,
                CAPABILITIES,
                properties(),
                targets.scan(mounts.targets(), commands),
                mounts.clients().stream()
                        .map(entry -> new ClientMount(entry.source(), entry.mountPoint()))
                        .toList(),
                locations(commands).orElse(null),
                jobidVar(commands));
        return ContractJson.mapper().valueToTree(report);
    }

    /** The time of each look is no change. */
    @Override
    public ObjectNode significant(ObjectNode body) {
        return body.deepCopy().without("started_at");
    }

    private Properties properties() throws IOException {
        OsRelease os = OsRelease.parse(host.read(OS_RELEASE).orElse(""));
        return new Properties(
                zfs, os.name(), os.version(), host.read(KERNEL).orElse("").strip());
    }

    private String jobidVar(Commands commands) throws InterruptedException, IOException {
        if (!host.read(MODULES).orElse("").contains("obdclass ")) {
            return null;
        }
        return commands.runIfInstalled("lctl", "get_param", "-n", "jobid_var")
                .filter(CommandResult::ok)
                .map(result -> result.stdout().strip())
                .orElse("disable");
    }

    /** Empty where the cluster software is not installed. */
    private static Optional<ResourceLocations> locations(Commands commands) throws InterruptedException {
        return commands.runIfInstalled("crm_mon", "-1", "-r").map(result -> {
            if (!result.ok()) {
                String error = "crm_mon exited with " + result.rc() + ": "
                        + result.stdout().strip() + " " + result.stderr().strip();
                return new ResourceLocations(null, error.strip());
            }
            return new ResourceLocations(ResourceList.parse(result.stdout()).nodes(), null);
        });
    }
}
