package io.burnish.host.job;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.agent.AgentAction;
import io.burnish.contracts.agent.report.PackageReport.Versions;
import io.burnish.host.packages.PackageStore;
import io.burnish.kit.execution.Step;
import io.burnish.kit.execution.StepScript;
import java.util.List;
import java.util.Map;

/** What is done with the packages of servers (orchestration 4.1). */
final class PackageSteps {

    private static final TypeReference<Map<String, Map<String, Versions>>> REPORT = new TypeReference<>() {};

    private PackageSteps() {}

    private static ObjectNode arguments(List<String> repositories, List<String> packages) {
        ObjectNode args = Json.object();
        args.set("repos", ContractJson.mapper().valueToTree(repositories));
        args.set("packages", ContractJson.mapper().valueToTree(packages));
        return args;
    }

    /** Installs, updates, and takes what the server then says it has; a server without repositories of the manager's says nothing. */
    private static void install(StepScript script, long hostId, List<String> repositories, List<String> packages) {
        JsonNode report = script.call(hostId, AgentAction.INSTALL_PACKAGES, arguments(repositories, packages));
        if (report != null && report.isObject()) {
            script.effect(tx -> script.bean(PackageStore.class)
                    .reported(tx, hostId, ContractJson.mapper().convertValue(report, REPORT)));
        }
    }

    /** Installs packages and updates what is installed from their repositories. */
    record InstallPackagesStep(long hostId, String host, List<String> repositories, List<String> packages)
            implements Step {

        @Override
        public String description() {
            return "Installing packages on %s".formatted(host);
        }

        @Override
        public ObjectNode args() {
            return arguments(repositories, packages).put("host", host);
        }

        @Override
        public boolean idempotent() {
            return AgentAction.INSTALL_PACKAGES.idempotent();
        }

        @Override
        public JsonNode run(StepScript script) {
            install(script, hostId, repositories, packages);
            return null;
        }
    }

    /**
     * The same on a server that is at work: its agent starts anew afterwards, for it may be among the packages, and so does Pacemaker, which
     * the update of a package may have stopped.
     *
     * @param pacemaker whether Pacemaker is meant to run
     */
    record UpdatePackagesStep(
            long hostId, String host, List<String> repositories, List<String> packages, boolean pacemaker)
            implements Step {

        @Override
        public String description() {
            return "Update packages of %s on %s".formatted(String.join(", ", repositories), host);
        }

        @Override
        public ObjectNode args() {
            return arguments(repositories, packages).put("host", host);
        }

        @Override
        public boolean idempotent() {
            return AgentAction.INSTALL_PACKAGES.idempotent();
        }

        @Override
        public JsonNode run(StepScript script) {
            install(script, hostId, repositories, packages);
            HostSteps.restartAgent(script, hostId);
            if (pacemaker) {
                script.call(hostId, AgentAction.ENABLE_PACEMAKER, Json.object());
                script.call(hostId, AgentAction.START_PACEMAKER, Json.object());
            }
            return null;
        }
    }
}
