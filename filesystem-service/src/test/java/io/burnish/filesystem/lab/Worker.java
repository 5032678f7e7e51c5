package io.burnish.filesystem.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.ServiceName;
import io.burnish.contracts.Topics;
import io.burnish.contracts.agent.ActionCommand;
import io.burnish.contracts.agent.ActionOutcome;
import io.burnish.contracts.agent.ActionResult;
import io.burnish.contracts.fact.FactMessage;
import io.burnish.contracts.fact.HostFact;
import io.burnish.contracts.fact.LnetFact;
import io.burnish.contracts.fact.LockFact;
import io.burnish.contracts.fact.StatefulFact;
import io.burnish.contracts.fact.TargetFact;
import io.burnish.contracts.job.Dispatch;
import io.burnish.contracts.job.JobEvent;
import io.burnish.contracts.model.Nid;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ServerProfile;
import io.burnish.testsupport.Bus;
import java.util.List;
import java.util.Map;

/** A worker, a file system whose MGS has NID {@code 10.0.0.<id>@tcp0}, and the jobs on what the worker has of it. */
public final class Worker {

    private final FsLab lab;
    private final Bus bus;
    private final FsLab.NewFilesystem filesystem;
    private final HostFact host;
    private final String name;
    private final String nid;
    private long lockVersion;

    private Worker(FsLab lab, Bus bus, FsLab.NewFilesystem filesystem, String name, HostFact host, String nid) {
        this.lab = lab;
        this.bus = bus;
        this.filesystem = filesystem;
        this.name = name;
        this.host = host;
        this.nid = nid;
    }

    /** A new one of each. */
    public static Worker of(FsLab lab, Bus bus) {
        String name = "w" + FsLab.id();
        FsLab.NewFilesystem filesystem = lab.create(name);
        long mgs = FsLab.id();
        HostFact host = host(FsLab.id());
        TargetFact mgt = filesystem.mgt();
        String nid = "10.0." + mgs / 250 + "." + mgs % 250 + "@tcp0";
        lab.publish(
                bus,
                host,
                new LnetFact(FsLab.id(), 1, "lnet_up", false, "lnet", mgs, List.of(Nid.parse(nid))),
                new TargetFact(
                        mgt.id(),
                        7,
                        "mounted",
                        false,
                        "MGS",
                        mgt.kind(),
                        null,
                        null,
                        mgt.volumeId(),
                        null,
                        mgs,
                        List.of(new TargetFact.Mount(FsLab.id(), mgs, FsLab.id(), true)),
                        0,
                        0));
        return new Worker(lab, bus, filesystem, name, host, nid);
    }

    /** A worker in contact, in its final state. */
    public static HostFact host(long id) {
        String fqdn = "worker" + id + ".lab.example";
        return new HostFact(
                id,
                1,
                "working",
                false,
                fqdn,
                fqdn,
                "worker" + id,
                fqdn,
                "manual",
                new ServerProfile("posix_copytool_worker", "Worker", true, true, "working", false, false, false, true),
                true,
                false,
                List.of(),
                List.of());
    }

    /** The worker. */
    public HostFact host() {
        return host;
    }

    /** Name of the file system. */
    public String filesystem() {
        return name;
    }

    /** Id of the file system. */
    public long filesystemId() {
        return filesystem.id();
    }

    /** What clients mount. */
    public String spec() {
        return nid + ":/" + name;
    }

    /** Link of the worker. */
    public String hostUri() {
        return host.ref().uri();
    }

    /** Link of the file system. */
    public String filesystemUri() {
        return ObjectRef.filesystem(filesystem.id()).uri();
    }

    /** A later snapshot of the worker in another state. */
    public void becomes(String state) {
        HostFact now = host.inState(state);
        lab.publish(
                bus,
                new HostFact(
                        now.id(),
                        2,
                        state,
                        false,
                        now.address(),
                        now.fqdn(),
                        now.nodename(),
                        now.label(),
                        now.installMethod(),
                        now.profile(),
                        now.inContact(),
                        now.offline(),
                        now.peers(),
                        now.outletPower()));
    }

    /** What a POST is answered. */
    public JsonNode post(String path, Map<String, ?> body, int status) {
        return ContractJson.read(
                lab.admin()
                        .body(ContractJson.text(body))
                        .post(path)
                        .then()
                        .statusCode(status)
                        .extract()
                        .asString(),
                JsonNode.class);
    }

    /** What a GET is answered. */
    public JsonNode get(String path) {
        return ContractJson.read(
                lab.admin().get(path).then().statusCode(200).extract().asString(), JsonNode.class);
    }

    /** A job on an object. */
    public Dispatch.RunJob job(String jobClass, ObjectRef subject, String from, String to) {
        long id = FsLab.id();
        return new Dispatch.RunJob(
                id,
                1,
                id,
                jobClass,
                subject,
                jobClass + " of " + subject,
                from,
                to,
                JsonNodeFactory.instance.objectNode(),
                List.of(1L),
                List.of(),
                null);
    }

    /** Hands a job over. */
    public void dispatch(Dispatch.RunJob job) {
        bus.publish(
                ServiceName.COMMAND,
                Topics.dispatch(ServiceName.FILESYSTEM),
                job.subject().toString(),
                job);
    }

    /** The next action of a job: the n-th, from 0. */
    public ActionCommand.Run action(Dispatch.RunJob job, int step) {
        return (ActionCommand.Run) bus.await(
                        Topics.AGENT_ACTIONS,
                        heard -> heard.as(ActionCommand.class).actionId().startsWith(job.jobId() + ".")
                                && heard.as(ActionCommand.class) instanceof ActionCommand.Run run
                                && run.job().stepIndex() == step)
                .as(ActionCommand.class);
    }

    /** Answers an action. */
    public void answer(ActionCommand.Run action, ActionOutcome outcome) {
        bus.publish(
                ServiceName.HOST,
                Topics.AGENT_RESULTS,
                Long.toString(action.hostId()),
                new ActionResult.Finished(action.actionId(), action.hostId(), action.replyTo(), outcome, action.job()));
    }

    /** Success without a value. */
    public static ActionOutcome done() {
        return new ActionOutcome.Succeeded(null, List.of());
    }

    /** How a job ended. */
    public JobEvent.Finished end(Dispatch.RunJob job) {
        return (JobEvent.Finished) bus.await(
                        Topics.JOB_EVENTS,
                        heard -> heard.key().equals(Long.toString(job.jobId()))
                                && heard.as(JobEvent.class) instanceof JobEvent.Finished)
                .as(JobEvent.class);
    }

    /** Runs a job whose actions all succeed. */
    public JobEvent.Finished run(Dispatch.RunJob job, int actions) {
        dispatch(job);
        for (int step = 0; step < actions; step++) {
            answer(action(job, step), done());
        }
        return end(job);
    }

    /** The snapshot of an object in a state, as soon as it is published. */
    public StatefulFact published(ObjectRef object, String state) {
        return (StatefulFact) bus.await(
                        Topics.facts(object.type()),
                        heard -> heard.as(FactMessage.class).fact() instanceof StatefulFact fact
                                && fact.ref().equals(object)
                                && fact.state().equals(state))
                .as(FactMessage.class)
                .fact();
    }

    /** Says that a job writes an object, or that none does. */
    public void lock(ObjectRef object, boolean held) {
        lockVersion++;
        bus.publishLocks(object, lockVersion, held ? new LockFact(object, lockVersion, List.of(), List.of(77L)) : null);
    }
}
