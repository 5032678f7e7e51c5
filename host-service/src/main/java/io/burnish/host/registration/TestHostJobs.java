package io.burnish.host.registration;

import io.burnish.contracts.job.Dispatch;
import io.burnish.host.secret.SecretStore;
import io.burnish.kit.execution.JobDefinition;
import io.burnish.kit.execution.Step;
import io.burnish.kit.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/** {@code TestHostConnectionJob} (orchestration 4.1): concerns no object. Its credentials live no longer than the job. */
@ApplicationScoped
class TestHostJobs implements JobDefinition {

    static final String JOB_CLASS = "TestHostConnectionJob";
    static final String ADDRESS = "address";
    static final String CREDENTIALS = "credentials";

    private final SecretStore secrets;

    TestHostJobs(SecretStore secrets) {
        this.secrets = secrets;
    }

    @Override
    public Set<String> jobClasses() {
        return Set.of(JOB_CLASS);
    }

    @Override
    public Set<Class<? extends Step>> stepTypes() {
        return Set.of(HostTestStep.class);
    }

    @Override
    public List<Step> steps(Tx tx, Dispatch.RunJob job) {
        return List.of(new HostTestStep(job.args().path(ADDRESS).asText(), credentials(job)));
    }

    @Override
    public void succeeded(Tx tx, Dispatch.RunJob job) {
        ended(tx, job);
    }

    @Override
    public void ended(Tx tx, Dispatch.RunJob job) {
        secrets.forget(tx, DeploymentSecrets.ofTest(credentials(job)));
    }

    private static String credentials(Dispatch.RunJob job) {
        return job.args().path(CREDENTIALS).asText();
    }
}
