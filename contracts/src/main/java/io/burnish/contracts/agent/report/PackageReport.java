package io.burnish.contracts.agent.report;

import java.util.List;
import java.util.Map;

/**
 * What the manager's repositories offer a server and what it has of that, plug-in {@code packages} (agent contract, 5.1). It is a plug-in of
 * its own because repositories answer slowly or not at all, which must not delay what is said of targets. {@code install_packages} results
 * in the same map.
 *
 * @param packages per repository and package name; empty where the server has no repositories of the manager's; {@code null}: they did not
 *     answer, what was known stands
 */
public record PackageReport(Map<String, Map<String, Versions>> packages) {

    /** The name of the plug-in. */
    public static final String PLUGIN = "packages";

    /** Versions of one package. */
    public record Versions(List<Version> available, List<Version> installed) {}

    /** One version of a package, as RPM writes it. */
    public record Version(String epoch, String version, String release, String arch) {}
}
