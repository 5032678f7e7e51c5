package io.burnish.host.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.ServiceName;
import io.burnish.contracts.Topics;
import io.burnish.contracts.agent.ActionCommand;
import io.burnish.contracts.agent.ActionOutcome;
import io.burnish.contracts.agent.ActionResult;
import io.burnish.contracts.agent.FromAgent;
import io.burnish.contracts.agent.LogBatch;
import io.burnish.contracts.agent.Observation;
import io.burnish.contracts.agent.SampleBatch;
import io.burnish.contracts.agent.ToAgent;
import io.burnish.contracts.job.JobEvent;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.host.secret.SecretStore;
import io.burnish.host.spi.HubAdministration;
import io.burnish.kit.execution.SessionDirectory;
import io.burnish.kit.messaging.Outgoing;
import io.burnish.kit.pki.CertificateAuthority;
import io.burnish.kit.pki.PkiDirectory;
import io.burnish.kit.sql.Database;
import io.burnish.testsupport.PlatformTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(HubTestProfile.class)
@QuarkusTestResource(PlatformTestResource.class)
class HubTest {

    private static final AtomicLong HOSTS = new AtomicLong(1000);

    private final Database database;
    private final PkiDirectory pki;
    private final AgentCertificates certificates;
    private final HubServer hub;
    private final HubAdministration administration;
    private final SessionDirectory sessions;
    private final SecretStore secrets;
    private final ContactLog contacts;
    private final Vertx vertx;
    private final String kafka;

    private TopicReader topics;
    private long host;
    private String fqdn;
    private ScriptedAgent agent;

    HubTest(
            Database database,
            PkiDirectory pki,
            AgentCertificates certificates,
            HubServer hub,
            HubAdministration administration,
            SessionDirectory sessions,
            SecretStore secrets,
            ContactLog contacts,
            Vertx vertx,
            @ConfigProperty(name = "kafka.bootstrap.servers") String kafka) {
        this.database = database;
        this.pki = pki;
        this.certificates = certificates;
        this.hub = hub;
        this.administration = administration;
        this.sessions = sessions;
        this.secrets = secrets;
        this.contacts = contacts;
        this.vertx = vertx;
        this.kafka = kafka;
    }

    @BeforeEach
    void registerServer() throws Exception {
        topics = new TopicReader(
                kafka,
                Topics.AGENT_RESULTS,
                Topics.JOB_EVENTS,
                Topics.OBSERVATIONS,
                Topics.SAMPLES,
                Topics.LOG_LINES,
                Topics.AGENT_ACTIONS);
        host = HOSTS.incrementAndGet();
        fqdn = "oss" + host + ".example";
        agent = agent(registered(host, fqdn));
    }

    @AfterEach
    void close() throws Exception {
        agent.close();
        topics.close();
    }

    private AgentIdentity registered(long hostId, String name) throws Exception {
        AgentIdentity identity = AgentIdentity.signedBy(pki.authority(), name);
        database.run(tx -> certificates.register(tx, hostId, name, identity.certificate()));
        return identity;
    }

    private ScriptedAgent agent(AgentIdentity identity) {
        return new ScriptedAgent(vertx, hub.port(), identity, pki.authorityCertificate(), fqdn);
    }

    private ActionCommand.Run action(ObjectNode args, int deadline) {
        String id = "7.1.0.1." + UUID.randomUUID();
        return new ActionCommand.Run(
                id,
                host,
                ServiceName.TARGET,
                "start_target",
                args,
                deadline,
                ObjectRef.target(5),
                42,
                new ActionCommand.JobStep(7, 1, 0, 1, 3L));
    }

    private ActionCommand.Run ask() {
        return ask(action(JsonNodeFactory.instance.objectNode().put("ha_label", "scratch-OST0000"), 600));
    }

    private ActionCommand.Run ask(ActionCommand.Run action) {
        database.run(tx -> tx.publish(Outgoing.action(action)));
        return action;
    }

    private void cancel(ActionCommand.Run action) {
        database.run(tx -> tx.publish(Outgoing.action(new ActionCommand.Cancel(action.actionId(), host))));
    }

    private List<ActionResult.Finished> results(ActionCommand.Run action) {
        return topics.messages(Topics.AGENT_RESULTS, ActionResult.class).stream()
                .filter(ActionResult.Finished.class::isInstance)
                .map(ActionResult.Finished.class::cast)
                .filter(result -> result.actionId().equals(action.actionId()))
                .toList();
    }

    private ActionOutcome outcome(ActionCommand.Run action) {
        await().until(() -> !results(action).isEmpty());
        return results(action).getFirst().outcome();
    }

    private void awaitRun(ActionCommand.Run action) {
        await().until(() -> agent.received(ToAgent.RunAction.class).stream()
                .anyMatch(run -> run.actionId().equals(action.actionId())));
    }

    @Test
    void anActionReachesItsServerWithTokenAndStepAndItsOutcomeComesBack() throws Exception {
        agent.answering().connect();
        ActionCommand.Run action = ask();

        assertThat(outcome(action)).isInstanceOfSatisfying(ActionOutcome.Succeeded.class, success -> assertThat(
                        success.result().asText())
                .isEqualTo("start_target"));
        assertThat(agent.received.getFirst()).isInstanceOf(ToAgent.Welcome.class);
        assertThat(agent.received(ToAgent.RunAction.class))
                .containsExactly(new ToAgent.RunAction(
                        action.actionId(), "start_target", action.args(), 600, action.subject(), 42, action.job()));
        assertThat(results(action).getFirst().job()).isEqualTo(action.job());
        await().untilAsserted(() -> assertThat(agent.received(ToAgent.OutcomeStored.class))
                .containsExactly(new ToAgent.OutcomeStored(List.of(action.actionId()))));
    }

    @Test
    void aRepeatedOutcomeIsAcknowledgedAgainAndToldOnce() throws Exception {
        agent.answering().connect();
        ActionCommand.Run action = ask();
        outcome(action);
        agent.succeed(action.actionId(), "another value");
        await().until(() -> agent.received(ToAgent.OutcomeStored.class).size() == 2);

        ActionCommand.Run later = ask();
        outcome(later);
        assertThat(results(action)).hasSize(1);
    }

    @Test
    void anOutcomeOfAnotherServersActionChangesNothing() throws Exception {
        agent.connect();
        ActionCommand.Run action = ask();
        awaitRun(action);
        long otherHost = HOSTS.incrementAndGet();
        try (ScriptedAgent other = new ScriptedAgent(
                vertx, hub.port(), registered(otherHost, "evil.example"), pki.authorityCertificate(), "evil.example")) {
            other.connect().succeed(action.actionId(), "forged");
            await().until(() -> !other.received(ToAgent.OutcomeStored.class).isEmpty());
        }
        agent.succeed(action.actionId(), "true value");
        assertThat(((ActionOutcome.Succeeded) outcome(action)).result().asText())
                .isEqualTo("true value");
    }

    @Test
    void anActionWaitsForAServerThatIsAwayForAMoment() throws Exception {
        ActionCommand.Run action = ask();
        await().until(() -> state(action).equals("pending"));
        agent.answering().connect();
        assertThat(outcome(action)).isInstanceOf(ActionOutcome.Succeeded.class);
    }

    private String state(ActionCommand.Run action) {
        return database.transaction(tx -> tx.first("SELECT state FROM agent_action WHERE id = $1", action.actionId())
                .map(row -> row.getString(0))
                .orElse("unknown"));
    }

    @Test
    void whatWasNotDeliveredInTimeIsUnreachable() {
        ActionCommand.Run action = ask();
        assertThat(outcome(action))
                .isEqualTo(new ActionOutcome.Unreachable(
                        "Could not contact server " + fqdn + " no session after 5 seconds"));
        assertThat(state(action)).isEqualTo("finished");
    }

    @Test
    void whatWasDeliveredToASilentServerFailsAfterItsDeadline() throws Exception {
        agent.connect();
        ActionCommand.Run action = ask(action(JsonNodeFactory.instance.objectNode(), 1));
        awaitRun(action);
        agent.close();
        assertThat(outcome(action))
                .isInstanceOfSatisfying(ActionOutcome.Failed.class, failure -> assertThat(failure.error())
                        .contains(fqdn, "start_target", "silent", "Whether it took effect is not known"));

        // the late outcome of the agent is taken off its hands and told to nobody
        agent.answering().connect(action.actionId());
        agent.succeed(action.actionId(), "late");
        await().until(() -> !agent.received(ToAgent.OutcomeStored.class).isEmpty());
        assertThat(agent.received(ToAgent.CancelAction.class)).contains(new ToAgent.CancelAction(action.actionId()));
        assertThat(results(action)).hasSize(1);
    }

    @Test
    void aConnectedServerThatDoesNotAnswerIsToldToStopFirst() throws Exception {
        agent.connect();
        ActionCommand.Run action = ask(action(JsonNodeFactory.instance.objectNode(), 1));
        await().until(() -> !agent.received(ToAgent.CancelAction.class).isEmpty());
        assertThat(results(action)).isEmpty();
        assertThat(outcome(action)).isInstanceOf(ActionOutcome.Failed.class);
    }

    @Test
    void cancellingWhatWasNotDeliveredEndsIt() throws Exception {
        ActionCommand.Run action = ask();
        cancel(action);
        assertThat(outcome(action)).isInstanceOf(ActionOutcome.Cancelled.class);
        agent.connect();
        await().until(() -> !agent.received.isEmpty());
        assertThat(agent.received(ToAgent.RunAction.class)).isEmpty();
    }

    @Test
    void cancellingWhatRunsIsForwardedAndRepeatedAtReconnect() throws Exception {
        agent.connect();
        ActionCommand.Run action = ask();
        awaitRun(action);
        cancel(action);
        await().until(() -> !agent.received(ToAgent.CancelAction.class).isEmpty());
        agent.close();
        agent.received.clear();
        agent.connect(action.actionId());
        await().until(() -> !agent.received(ToAgent.CancelAction.class).isEmpty());
        agent.send(new FromAgent.Outcome(action.actionId(), new ActionOutcome.Cancelled("killed by order", List.of())));
        assertThat(outcome(action)).isEqualTo(new ActionOutcome.Cancelled("killed by order", List.of()));
    }

    @Test
    void everythingUnfinishedIsSentAgainInItsOrderAfterAReconnect() throws Exception {
        agent.connect();
        List<ActionCommand.Run> actions = List.of(ask(), ask(), ask());
        actions.forEach(this::awaitRun);
        agent.succeed(actions.get(1).actionId(), "done");
        outcome(actions.get(1));
        agent.close();
        agent.received.clear();
        agent.connect();
        await().until(() -> agent.received(ToAgent.RunAction.class).size() == 2);
        assertThat(agent.received(ToAgent.RunAction.class))
                .extracting(ToAgent.RunAction::actionId)
                .containsExactly(actions.get(0).actionId(), actions.get(2).actionId());
    }

    @Test
    void aNewerConnectionReplacesTheOlder() throws Exception {
        AgentIdentity identity = registered(host, fqdn);
        ScriptedAgent first = agent(identity).connect();
        await().until(() -> !first.received.isEmpty());
        agent = agent(identity).answering().connect();
        await().until(first::closed);
        assertThat(outcome(ask())).isInstanceOf(ActionOutcome.Succeeded.class);
        assertThat(first.received(ToAgent.RunAction.class)).isEmpty();
        first.close();
    }

    @Test
    void onlyValidCertificatesOfRegisteredServersAreLetIn() throws Exception {
        AgentIdentity revoked = registered(host, fqdn);
        registered(host, fqdn);
        AgentIdentity unknown = AgentIdentity.signedBy(pki.authority(), fqdn);
        AgentIdentity foreign = AgentIdentity.signedBy(CertificateAuthority.create(), fqdn);
        AgentIdentity expired = AgentIdentity.expired(pki, fqdn);
        database.run(tx -> certificates.register(tx, host, fqdn, expired.certificate()));
        AgentIdentity renamed = AgentIdentity.signedBy(pki.authority(), "other.example");
        database.run(tx -> certificates.register(tx, host, fqdn, renamed.certificate()));

        for (AgentIdentity refused : List.of(revoked, unknown, renamed)) {
            assertThatThrownBy(() -> agent(refused).open()).hasMessageContaining("403");
        }
        for (AgentIdentity refused : List.of(foreign, expired)) {
            assertThatThrownBy(() -> agent(refused).open()).isInstanceOf(Exception.class);
        }
        assertThatThrownBy(() -> agent((AgentIdentity) null).open()).isInstanceOf(Exception.class);
        assertThat(sessionOf(host)).isEmpty();
    }

    private java.util.Optional<io.burnish.kit.execution.StepScript.Session> sessionOf(long hostId) {
        return database.transaction(tx -> sessions.current(tx, hostId));
    }

    @Test
    void contactIsToldWhenItComesAndWhenNothingIsHeardAnyMore() throws Exception {
        agent.connect();
        await().until(() -> contacts.lines().contains(host + " in contact"));
        assertThat(contacts.lines()).contains(host + " booted boot-1");
        assertThat(sessionOf(host)).isPresent();
        agent.freeze();
        await().until(() -> contacts.lines().contains(host + " lost"));
        assertThat(sessionOf(host)).isEmpty();
        agent.close();
        agent.bootId = "boot-2";
        agent.connect();
        await().until(() -> contacts.lines().contains(host + " booted boot-2"));
        assertThat(contacts.lines().stream().filter((host + " in contact")::equals))
                .hasSize(2);
    }

    @Test
    void aQuietButLivingAgentKeepsItsContact() throws Exception {
        agent.connect();
        await().until(() -> sessionOf(host).isPresent());
        Instant until = Instant.now().plusSeconds(4);
        await().pollInterval(java.time.Duration.ofMillis(200))
                .atMost(java.time.Duration.ofSeconds(10))
                .until(() -> {
                    assertThat(contacts.lines()).doesNotContain(host + " lost");
                    return Instant.now().isAfter(until);
                });
        assertThat(sessionOf(host)).isPresent();
    }

    @Test
    void everyNewSessionIsAnnounced() throws Exception {
        agent.connect();
        agent.close();
        agent.connect();
        await().until(() -> topics.messages(Topics.AGENT_RESULTS, ActionResult.class).stream()
                        .filter(new ActionResult.SessionOpened(host, agent.epoch, "boot-1")::equals)
                        .count()
                == 2);
    }

    @Test
    void secretsReachTheAgentAndNoTableOrTopic() throws Exception {
        String password = "pcs-" + UUID.randomUUID();
        String id = database.transaction(tx -> secrets.keep(tx, "test:" + host, password));
        agent.answering().connect();
        ObjectNode args = JsonNodeFactory.instance.objectNode();
        args.putObject("pcs_password").put("$secret", id);
        args.putArray("more").addObject().put("$secret", id);
        ActionCommand.Run action = ask(action(args, 60));
        outcome(action);

        ObjectNode delivered =
                agent.received(ToAgent.RunAction.class).getFirst().args();
        assertThat(delivered.path("pcs_password").path("$secretValue").asText()).isEqualTo(password);
        assertThat(delivered.path("more").path(0).path("$secretValue").asText()).isEqualTo(password);
        assertThat(topics.texts()).noneMatch(text -> text.contains(password));
        for (String table : List.of("agent_action", "secret", "outbox", "inbox")) {
            boolean found = database.transaction(tx -> tx.one(
                            "SELECT EXISTS (SELECT 1 FROM " + table + " t WHERE t::text LIKE '%' || $1 || '%')",
                            password)
                    .getBoolean(0));
            assertThat(found).as(table).isFalse();
        }
    }

    @Test
    void anActionWhoseSecretIsGoneIsNotRun() throws Exception {
        agent.answering().connect();
        ObjectNode args = JsonNodeFactory.instance.objectNode();
        args.putObject("password").put("$secret", "no-such-secret");
        ActionCommand.Run action = ask(action(args, 60));
        assertThat(outcome(action))
                .isInstanceOfSatisfying(ActionOutcome.Failed.class, failure -> assertThat(failure.error())
                        .contains("secret", "was not run"));
        assertThat(agent.received(ToAgent.RunAction.class)).isEmpty();
    }

    @Test
    void consoleOfOwnActionsBecomesJobEventsAndNobodyElsesDoes() throws Exception {
        agent.connect();
        ActionCommand.Run action = ask();
        awaitRun(action);
        agent.send(
                new FromAgent.Console(action.actionId(), 0, "mounting…", new ActionCommand.JobStep(999, 9, 9, 9, 9L)));
        agent.send(new FromAgent.Console("1.1.0.1.0", 0, "forged", action.job()));
        agent.send(new FromAgent.Console(action.actionId(), 1, "mounted", action.job()));
        String call = action.actionId().substring(8);
        await().untilAsserted(() -> assertThat(topics.messages(Topics.JOB_EVENTS, JobEvent.class).stream()
                        .map(JobEvent.StepConsole.class::cast)
                        .filter(console -> console.call().equals(call)))
                .extracting(JobEvent.StepConsole::jobId, JobEvent.StepConsole::text)
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple(7L, "mounting…"),
                        org.assertj.core.api.Assertions.tuple(7L, "mounted")));
        assertThat(topics.texts()).noneMatch(text -> text.contains("forged"));
    }

    @Test
    void reportsAreAppliedOnceInOrderAndAGapAsksForACompleteOne() throws Exception {
        agent.connect();
        report(1, true, "{}");
        report(2, false, "{}");
        report(2, false, "{}");
        report(4, false, "{}");
        await().until(() -> contacts.lines().contains(host + " reported 4"));
        assertThat(contacts.lines().stream().filter(line -> line.startsWith(host + " reported")))
                .containsExactly(host + " reported 1", host + " reported 2", host + " reported 4");
        await().untilAsserted(() -> assertThat(agent.received(ToAgent.ReportFully.class))
                .containsExactly(new ToAgent.ReportFully(List.of("test-plugin"))));
    }

    @Test
    void aReportThatCannotBeAppliedHoldsUpNothing() throws Exception {
        agent.connect();
        report(1, true, "{}");
        report(2, false, "{\"poison\": true}");
        report(3, true, "{}");
        await().until(() -> contacts.lines().contains(host + " reported 3"));
        assertThat(contacts.lines()).doesNotContain(host + " reported 2");
    }

    private void report(long sequence, boolean full, String body) throws Exception {
        agent.send(new FromAgent.Report(
                "test-plugin",
                agent.epoch,
                sequence,
                Instant.now(),
                0,
                full,
                ContractJson.mapper().readTree(body)));
    }

    @Test
    void whatLustreReportsOfTargetsIsTold() throws Exception {
        agent.connect();
        Instant before = Instant.now();
        agent.send(new FromAgent.Report(
                "lustre",
                agent.epoch,
                1,
                before.plusSeconds(3600),
                60_000,
                true,
                ContractJson.mapper().readTree("""
                    {"mounts": [{"device": "/dev/sda", "fs_uuid": "u-1", "mount_point": "/mnt/x", "label": "x-OST0000",
                     "recovery_status": {"status": "COMPLETE"}}],
                     "resource_locations": {"nodes": {"x-OST0000_abc": null}}}\
                    """)));
        await().until(() -> observations().size() == 2);
        // the age that the report tells counts, whatever the server's clock shows
        assertThat(observations()).allSatisfy(observation -> assertThat(observation.seenAt())
                .isBetween(before.minusSeconds(60), Instant.now().minusSeconds(60)));
        assertThat(observations()).anySatisfy(observation -> assertThat(observation)
                .isInstanceOfSatisfying(Observation.LocalMounts.class, mounts -> {
                    assertThat(mounts.sequence()).isEqualTo(1);
                    assertThat(mounts.mounts().getFirst().fsUuid()).isEqualTo("u-1");
                }));
        assertThat(observations()).anySatisfy(observation -> assertThat(observation)
                .isInstanceOfSatisfying(Observation.ResourceLocations.class, locations -> assertThat(locations.nodes())
                        .containsEntry("x-OST0000_abc", new Observation.NodeName(null))));
    }

    private List<Observation> observations() {
        return topics.messages(Topics.OBSERVATIONS, Observation.class).stream()
                .filter(observation -> observation.hostId() == host)
                .toList();
    }

    @Test
    void samplesAndLogLinesCarryTheIdentityOfTheCertificate() throws Exception {
        agent.connect();
        agent.send(new FromAgent.Samples(new SampleBatch(
                1,
                agent.epoch,
                1,
                Instant.now(),
                List.of(new SampleBatch.Sample(null, "mem_" + host, SampleBatch.SeriesType.GAUGE, 1.5)))));
        agent.send(new FromAgent.Logs(new LogBatch(
                1, "liar", agent.epoch, 1, List.of(new LogBatch.Line(Instant.now(), 3, 1, "kernel", "line-" + host)))));
        await().until(() -> topics.messages(Topics.SAMPLES, SampleBatch.class).stream()
                .anyMatch(batch -> batch.hostId() == host
                        && batch.samples().getFirst().name().equals("mem_" + host)));
        await().until(() -> topics.messages(Topics.LOG_LINES, LogBatch.class).stream()
                .anyMatch(batch -> batch.hostId() == host && batch.fqdn().equals(fqdn)));
        await().untilAsserted(() -> {
            assertThat(agent.received(ToAgent.SamplesStored.class)).containsExactly(new ToAgent.SamplesStored(1));
            assertThat(agent.received(ToAgent.LogsStored.class)).containsExactly(new ToAgent.LogsStored(1));
        });
    }

    @Test
    void aRemovedServerIsCutOffAndItsActionsEnd() throws Exception {
        agent.connect();
        ActionCommand.Run delivered = ask();
        awaitRun(delivered);
        database.run(tx -> administration.removeHost(tx, host));
        await().until(agent::closed);
        assertThat(outcome(delivered))
                .isInstanceOfSatisfying(ActionOutcome.Failed.class, failure -> assertThat(failure.error())
                        .contains(fqdn, "removed"));
        assertThatThrownBy(() -> agent.open()).hasMessageContaining("403");
        assertThat(Map.of("host", sessionOf(host))).containsEntry("host", java.util.Optional.empty());
    }
}
