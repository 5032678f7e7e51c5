package io.burnish.host.registration;

import io.burnish.contracts.job.Dispatch;
import io.burnish.contracts.job.Reason;
import io.burnish.host.secret.SecretStore;
import io.burnish.host.spi.HostRegistry;
import io.burnish.kit.execution.JobDefinition;
import io.burnish.kit.execution.JobRefusal;
import io.burnish.kit.execution.Step;
import io.burnish.kit.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** {@code DeployHostJob} (orchestration 4.1). Credentials and token live no longer than the job. */
@ApplicationScoped
class DeployHostJobs implements JobDefinition {

    private final HostRegistry hosts;
    private final TokenStore tokens;
    private final SecretStore secrets;
    private final Duration contactTimeout;

    DeployHostJobs(
            HostRegistry hosts,
            TokenStore tokens,
            SecretStore secrets,
            @ConfigProperty(name = "burnish.deployment.contact-timeout") Duration contactTimeout) {
        this.hosts = hosts;
        this.tokens = tokens;
        this.secrets = secrets;
        this.contactTimeout = contactTimeout;
    }

    @Override
    public Set<String> jobClasses() {
        return Set.of("DeployHostJob");
    }

    @Override
    public Set<Class<? extends Step>> stepTypes() {
        return Set.of(DeployStep.class);
    }

    @Override
    public List<Step> steps(Tx tx, Dispatch.RunJob job) {
        HostRegistry.KnownHost host = hosts.byId(tx, job.subject().id())
                .orElseThrow(() -> new JobRefusal(
                        Reason.of(Reason.Code.WRONG_STATE, job.subject(), "The server does not exist any more.")));
        return List.of(new DeployStep(
                host.id(),
                host.address(),
                host.profile(),
                job.commandIds().isEmpty() ? null : job.commandIds().getFirst(),
                contactTimeout.toSeconds()));
    }

    @Override
    public void succeeded(Tx tx, Dispatch.RunJob job) {
        ended(tx, job);
    }

    @Override
    public void ended(Tx tx, Dispatch.RunJob job) {
        tokens.endDeployment(tx, job.subject().id());
        secrets.forget(tx, DeploymentSecrets.owner(job.subject().id()));
    }
}
