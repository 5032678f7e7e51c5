package io.burnish.agent.corosync;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.agent.command.Commands;
import io.burnish.agent.config.ConfigStore;
import io.burnish.agent.pacemaker.ClusterStatus;
import io.burnish.agent.report.Plugin;
import io.burnish.agent.service.ServiceControl;
import io.burnish.agent.system.CommandResult;
import io.burnish.agent.system.HostSystem;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.agent.report.CorosyncReport;
import io.burnish.contracts.agent.report.CorosyncReport.CrmInfo;
import io.burnish.contracts.agent.report.CorosyncReport.Services;
import java.time.ZoneId;
import java.util.Optional;

/** Plug-in {@code corosync}: the cluster as this server sees it (agent contract, 5.2); only on managed servers. */
public final class CorosyncPlugin implements Plugin {

    private static final int USAGE = 64;

    private final ConfigStore config;

    /** The plug-in of a server. */
    public CorosyncPlugin(HostSystem host) {
        this.config = new ConfigStore(host);
    }

    @Override
    public String name() {
        return CorosyncReport.PLUGIN;
    }

    @Override
    public boolean applies() {
        return config.profile().managed();
    }

    @Override
    public ObjectNode scan(Commands commands) throws InterruptedException {
        Optional<CrmInfo> info = status(commands).flatMap(text -> ClusterStatus.parse(text, ZoneId.systemDefault()));
        Services services = new Services(state(commands, "corosync"), state(commands, "pacemaker"));
        return ContractJson.mapper().valueToTree(new CorosyncReport(info.orElse(null), services));
    }

    /** What the cluster prints; while it does not run that is a sentence, not XML. */
    private static Optional<String> status(Commands commands) throws InterruptedException {
        Optional<CommandResult> result = commands.runIfInstalled("crm_mon", "--one-shot", "--as-xml");
        if (result.filter(old -> old.rc() == USAGE).isPresent()) {
            // Pacemaker 3 knows only this form
            result = commands.runIfInstalled("crm_mon", "--one-shot", "--output-as=xml");
        }
        return result.map(CommandResult::stdout);
    }

    private static String state(Commands commands, String service) throws InterruptedException {
        return ServiceControl.running(commands, service) ? "started" : "stopped";
    }
}
