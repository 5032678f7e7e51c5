package io.burnish.host.job;

import io.burnish.contracts.agent.AgentAction;
import io.burnish.contracts.fact.HostFact;
import io.burnish.contracts.job.Dispatch;
import io.burnish.host.host.HostStore;
import io.burnish.host.packages.PackageStore;
import io.burnish.host.packages.RepositoryFile;
import io.burnish.kit.execution.ActionStep;
import io.burnish.kit.execution.JobDefinition;
import io.burnish.kit.execution.Step;
import io.burnish.kit.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Updates the packages of a server (orchestration 4.1): the agent first, so that a new one does the rest; where the repositories are; all
 * packages of the profile; a restart if a new kernel demands it. Servers whose repositories offer no agent have got theirs by the installer.
 */
@ApplicationScoped
class UpdateJobs implements JobDefinition {

    private static final List<String> AGENT_BUNDLE = List.of("iml-agent");
    private static final String AGENT = "chroma-agent";

    private final HostStore hosts;
    private final PackageStore packages;
    private final RepositoryFile repositories;

    UpdateJobs(HostStore hosts, PackageStore packages, RepositoryFile repositories) {
        this.hosts = hosts;
        this.packages = packages;
        this.repositories = repositories;
    }

    @Override
    public Set<String> jobClasses() {
        return Set.of("UpdateJob");
    }

    @Override
    public Set<Class<? extends Step>> stepTypes() {
        return Set.of(ActionStep.class, PackageSteps.UpdatePackagesStep.class, HostSteps.RebootIfNeededStep.class);
    }

    @Override
    public List<Step> steps(Tx tx, Dispatch.RunJob job) {
        HostFact host = hosts.fact(tx, job.subject().id());
        boolean pacemaker = host.profile().managed() && pacemakerRuns(tx, host.id());
        List<Step> steps = new ArrayList<>();
        if (packages.offers(tx, host.id(), AGENT)) {
            steps.add(new PackageSteps.UpdatePackagesStep(
                    host.id(), host.label(), AGENT_BUNDLE, List.of(AGENT), pacemaker));
        }
        repositories.text(tx).ifPresent(text -> steps.add(configure(host, text)));
        ProfilePackages wanted =
                ProfilePackages.of(hosts.agentProfile(tx, host.profile().name()).orElseThrow());
        steps.add(new PackageSteps.UpdatePackagesStep(
                host.id(), host.label(), wanted.repositories(), wanted.packages(), pacemaker));
        if (host.profile().managed()) {
            steps.add(new HostSteps.RebootIfNeededStep(host.id(), host.label()));
        }
        return steps;
    }

    private static boolean pacemakerRuns(Tx tx, long hostId) {
        return tx.first(
                        "SELECT 1 FROM pacemaker_configuration WHERE host_id = $1 AND not_deleted AND state = 'started'",
                        hostId)
                .isPresent();
    }

    private static Step configure(HostFact host, String text) {
        return new ActionStep(
                "ConfigureRepoStep",
                "Tell " + host.label() + " where its packages are",
                host.id(),
                host.label(),
                AgentAction.CONFIGURE_REPO,
                Json.object().put("filename", RepositoryFile.NAME).put("file_contents", text));
    }
}
