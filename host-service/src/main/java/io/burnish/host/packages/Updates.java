package io.burnish.host.packages;

import io.burnish.contracts.agent.report.PackageReport.Version;
import io.burnish.contracts.agent.report.PackageReport.Versions;
import io.burnish.contracts.agent.report.RpmOrder;
import java.util.Map;
import java.util.Set;

/**
 * Whether an update would change anything on a server (monitoring 4, {@code UpdatesAvailableAlert}): a newer version of something installed
 * is offered, or a package of the profile that is offered is missing. Only the profile's bundles count: from others nothing is updated.
 *
 * @param bundles of the server's profile
 * @param packages of the server's profile
 */
record Updates(Set<String> bundles, Set<String> packages) {

    /** Whether anything waits, by repository and package name. */
    boolean waitIn(Map<String, Map<String, Versions>> report) {
        return report.entrySet().stream()
                .filter(repository -> bundles.contains(repository.getKey()))
                .flatMap(repository -> repository.getValue().entrySet().stream())
                .anyMatch(one -> waits(one.getKey(), one.getValue()));
    }

    private boolean waits(String name, Versions versions) {
        if (versions.installed().isEmpty()) {
            return packages.contains(name) && !versions.available().isEmpty();
        }
        return versions.available().stream()
                .anyMatch(offered -> versions.installed().stream().allMatch(installed -> replaces(offered, installed)));
    }

    private static boolean replaces(Version offered, Version installed) {
        boolean fits = offered.arch().equals(installed.arch())
                || offered.arch().equals("noarch")
                || installed.arch().equals("noarch");
        return fits && RpmOrder.OLDEST_FIRST.compare(offered, installed) > 0;
    }
}
