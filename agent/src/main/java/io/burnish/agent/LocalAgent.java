package io.burnish.agent;

import io.burnish.agent.action.LocalAction;
import io.burnish.agent.action.RunnerSettings;
import io.burnish.agent.corosync.CorosyncPlugin;
import io.burnish.agent.device.DevicePaths;
import io.burnish.agent.device.LinuxPlugin;
import io.burnish.agent.lustre.LustrePlugin;
import io.burnish.agent.network.NetworkPlugin;
import io.burnish.agent.packages.PackagePlugin;
import io.burnish.agent.report.Reporters;
import io.burnish.agent.system.HostSystem;
import java.util.List;

/** The actions of an agent without the agent: no connection, no journal. */
public final class LocalAgent {

    private LocalAgent() {}

    /** Actions on a server. */
    public static LocalAction on(HostSystem host) {
        AgentTimings timings = AgentTimings.real();
        NamedLocks locks = new NamedLocks();
        DevicePaths paths = new DevicePaths();
        Reporters reporters = new Reporters(
                List.of(
                        new LinuxPlugin(host, locks, paths),
                        new NetworkPlugin(host),
                        new LustrePlugin(host, AgentVersion.current(), paths),
                        new CorosyncPlugin(host),
                        new PackagePlugin(host)),
                host,
                "local",
                timings.reports(),
                (report, began) -> {});
        return new LocalAction(
                ActionCatalogues.complete(reporters),
                new RunnerSettings(host, timings, new Life(), reason -> {}, locks));
    }
}
