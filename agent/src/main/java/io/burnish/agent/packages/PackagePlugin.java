package io.burnish.agent.packages;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.agent.command.ActionFailedException;
import io.burnish.agent.command.Commands;
import io.burnish.agent.report.Plugin;
import io.burnish.agent.system.HostSystem;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.agent.report.PackageReport;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * Plug-in {@code packages} (agent contract, 5.1). Asking the repositories takes long and loads them: it looks only when everything is
 * wanted, which is after each connect, when the manager asks, and every so many cycles.
 */
public final class PackagePlugin implements Plugin {

    private static final System.Logger LOG = System.getLogger(PackagePlugin.class.getName());

    private final HostSystem host;
    private String lastProblem = "";

    /** The plug-in of a server. */
    public PackagePlugin(HostSystem host) {
        this.host = host;
    }

    @Override
    public String name() {
        return PackageReport.PLUGIN;
    }

    @Override
    public synchronized ObjectNode scan(Commands commands) throws InterruptedException, IOException {
        return ContractJson.mapper().valueToTree(new PackageReport(packages(commands)));
    }

    /** Of repositories that do not answer nothing is said; they are asked again with the next look, not at once. */
    private Map<String, Map<String, PackageReport.Versions>> packages(Commands commands)
            throws InterruptedException, IOException {
        String problem = "";
        try {
            return PackageScan.run(host, commands).orElse(Map.of());
        } catch (ActionFailedException e) {
            problem = e.getMessage();
            if (!problem.equals(lastProblem)) {
                LOG.log(System.Logger.Level.WARNING, "the package repositories do not answer: {0}", problem);
            }
            return null;
        } finally {
            lastProblem = problem;
        }
    }

    @Override
    public Optional<ObjectNode> poll(Commands commands, boolean full) throws InterruptedException, IOException {
        return full ? Optional.of(scan(commands)) : Optional.empty();
    }

    @Override
    public boolean reportsConstancy() {
        return false;
    }
}
