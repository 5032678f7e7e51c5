package io.burnish.agent;

import io.burnish.agent.action.Action;
import io.burnish.agent.action.ActionCatalogue;
import io.burnish.agent.client.ClientActions;
import io.burnish.agent.config.ConfigActions;
import io.burnish.agent.copytool.CopytoolActions;
import io.burnish.agent.corosync.CorosyncActions;
import io.burnish.agent.device.DeviceActions;
import io.burnish.agent.fencing.FencingActions;
import io.burnish.agent.firewall.FirewallActions;
import io.burnish.agent.lnet.LnetActions;
import io.burnish.agent.ntp.NtpActions;
import io.burnish.agent.pacemaker.PacemakerActions;
import io.burnish.agent.packages.PackageActions;
import io.burnish.agent.power.PowerActions;
import io.burnish.agent.report.ReportActions;
import io.burnish.agent.report.Reporters;
import io.burnish.agent.target.TargetActions;
import java.util.ArrayList;
import java.util.List;

/** Puts together the actions of all features. */
final class ActionCatalogues {

    private ActionCatalogues() {}

    /** Everything that an agent can do. */
    static ActionCatalogue complete(Reporters reporters) {
        List<Action> actions = new ArrayList<>(ReportActions.all(reporters));
        actions.addAll(TargetActions.all());
        actions.addAll(LnetActions.all());
        actions.addAll(CorosyncActions.all());
        actions.addAll(PacemakerActions.all());
        actions.addAll(FencingActions.all());
        actions.addAll(NtpActions.all());
        actions.addAll(FirewallActions.all());
        actions.addAll(PackageActions.all());
        actions.addAll(PowerActions.all());
        actions.addAll(DeviceActions.all());
        actions.addAll(ClientActions.all());
        actions.addAll(CopytoolActions.all());
        actions.addAll(ConfigActions.all());
        return new ActionCatalogue(actions);
    }
}
