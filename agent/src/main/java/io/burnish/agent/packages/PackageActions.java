package io.burnish.agent.packages;

import io.burnish.agent.action.Action;
import java.util.ArrayList;
import java.util.List;

/** The actions of this package. */
public final class PackageActions {

    private PackageActions() {}

    /** All of them. */
    public static List<Action> all() {
        List<Action> actions = new ArrayList<>(RepositoryFile.both());
        actions.add(new InstallPackages());
        actions.add(new KernelStatus());
        return actions;
    }
}
