package io.burnish.target.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.burnish.contracts.Topics;
import io.burnish.contracts.fact.FactMessage;
import io.burnish.contracts.fact.FilesystemFact;
import io.burnish.contracts.fact.TargetFact;
import io.burnish.contracts.fact.VolumeFact;
import io.burnish.contracts.job.Dispatch;
import io.burnish.contracts.job.JobOutcome;
import io.burnish.contracts.model.ObjectType;
import io.burnish.target.lab.Agents;
import io.burnish.target.lab.JobLab;
import io.burnish.target.lab.Lab;
import io.burnish.target.lab.Pair;
import io.burnish.testsupport.CommandNeighbour;
import io.burnish.testsupport.GoldenFiles;
import io.burnish.testsupport.PlatformTestResource;
import io.burnish.testsupport.Transcript;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The jobs of orchestration 4.5: which steps, what is asked of which server, what has changed in the end. */
@QuarkusTest
@QuarkusTestResource(PlatformTestResource.class)
@QuarkusTestResource(CommandNeighbour.class)
class TargetJobsTest {

    private static final String OST = "scratch-OST0000";
    private static final String FACTS = Topics.facts(ObjectType.TARGET);
    private static Pair shared;

    private final Lab lab;
    private final String kafka;
    private Pair pair;
    private JobLab.Agent agents;

    TargetJobsTest(Lab lab, @ConfigProperty(name = "kafka.bootstrap.servers") String kafka) {
        this.lab = lab;
        this.kafka = kafka;
    }

    @BeforeEach
    void open() {
        if (shared == null) {
            shared = new Pair(lab, kafka);
        }
        pair = shared;
        agents = Agents.obedient(OST, "oss2.lab.example");
    }

    /** For tests of an MGT: a server has one at most. */
    private void ownPair() {
        pair = new Pair(lab, kafka);
    }

    @AfterEach
    void close() {
        if (pair != shared) {
            pair.close();
        }
    }

    @AfterAll
    static void closeShared() {
        shared.close();
    }

    private Transcript run(String jobClass, long target, String from, String to) {
        return pair.jobs().run(JobLab.transition(jobClass, target, from, to), agents);
    }

    private static void golden(String name, Transcript transcript) {
        GoldenFiles.check("jobs/" + name + ".txt", transcript.toString());
    }

    @Test
    void anMgtComesUp() {
        ownPair();
        long mgt = pair.mgt("unformatted");
        agents = Agents.obedient("MGS", "oss1");

        golden("mgt-format", run("FormatTargetJob", mgt, "unformatted", "formatted"));
        golden("mgt-register", run("RegisterTargetJob", mgt, "formatted", "registered"));
        golden("mgt-configure", run("ConfigureTargetJob", mgt, "registered", "unmounted"));
        golden("mgt-start", run("StartTargetJob", mgt, "unmounted", "mounted"));

        assertThat(lab.show(mgt).get("uuid").asText()).isEqualTo("uuid-of-MGS");
        assertThat(lab.show(mgt).get("inode_size").asInt()).isEqualTo(512);
        assertThat(lab.show(mgt).get("inode_count").asText()).isEqualTo("327680");
        assertThat(lab.show(mgt).get("ha_label").asText()).matches("MGS_[0-9a-f]{6}");
    }

    @Test
    void anOstComesUp() {
        long ost = pair.ost("unformatted");

        golden("ost-format", run("FormatTargetJob", ost, "unformatted", "formatted"));
        golden("ost-register", run("RegisterTargetJob", ost, "formatted", "registered"));
        golden("ost-configure", run("ConfigureTargetJob", ost, "registered", "unmounted"));
        golden("ost-start", run("StartTargetJob", ost, "unmounted", "mounted"));
    }

    @Test
    void aTargetMovesToItsOtherServerAndBack() {
        long ost = pair.ost("mounted");

        golden("ost-failover", pair.jobs().run(JobLab.move("FailoverTargetJob", ost), agents));
        assertThat(lab.show(ost).get("active_host").asText())
                .isEqualTo("/api/host/" + pair.one().id() + "/");
        golden("ost-failback", pair.jobs().run(JobLab.move("FailbackTargetJob", ost), agents));
        assertThat(lab.show(ost).get("active_host").asText())
                .isEqualTo("/api/host/" + pair.two().id() + "/");
    }

    @Test
    void nidsAreWrittenAnewOnAllTargetsOfTheFileSystemsOfAServer() {
        ownPair();
        FilesystemFact filesystem = pair.filesystem();
        long ost = lab.target("OST", pair.diskOfTwo(), filesystem);
        long mdt = lab.target("MDT", pair.disk(), filesystem);
        pair.bring(ost, OST, "unmounted", pair.two());
        pair.bring(mdt, "scratch-MDT0000", "unmounted", pair.one());
        Dispatch.RunJob job = JobLab.onServers("UpdateNidsJob", pair.one().id());

        Transcript refused =
                pair.jobs().run(JobLab.onServers("UpdateNidsJob", pair.one().id()), agents);
        assertThat(refused.outcome()).isInstanceOf(JobOutcome.Cancelled.class);
        assertThat(refused.actions()).isEmpty();

        run("StopTargetJob", pair.mgt(), "mounted", "unmounted");
        golden("update-nids", pair.jobs().run(job, agents));
        assertThat(lab.show(ost).get("active_host").isNull()).isTrue();
    }

    @Test
    void anotherTypeOfFileSystemThanWantedIsAFailedFormat() {
        long ost = pair.ost("unformatted");
        agents = Agents.but(
                agents,
                "format_target",
                Agents.succeeded(JsonNodeFactory.instance
                        .objectNode()
                        .put("uuid", "uuid")
                        .put("filesystem_type", "xfs")));

        Transcript transcript = run("FormatTargetJob", ost, "unformatted", "formatted");

        assertThat(transcript.outcome().toString()).contains("of type 'xfs' after formatting, not 'ext4'");
        assertThat(lab.show(ost).get("uuid").isNull()).isTrue();
    }

    @Test
    void aTargetIsStoppedAndRemoved() {
        VolumeFact disk = pair.diskOfTwo();
        FilesystemFact filesystem = pair.filesystem();
        long ost = lab.target("OST", disk, filesystem);
        pair.bring(ost, OST, "mounted", pair.two());

        golden("ost-stop", run("StopTargetJob", ost, "mounted", "unmounted"));
        golden("ost-remove", run("RemoveConfiguredTargetJob", ost, "unmounted", "removed"));

        lab.admin().get("/api/target/" + ost + "/").then().statusCode(404);
        // the volume is free again, but the index is not
        long next = lab.target("OST", disk, filesystem);
        assertThat(lab.show(next).get("name").asText()).isEqualTo("scratch-OST0001");
    }

    @Test
    void aTargetThatIsNotConfiguredIsRemovedWithoutTouchingAServer() {
        long ost = pair.ost("formatted");

        Transcript removal = run("RemoveTargetJob", ost, "formatted", "removed");

        assertThat(removal.outcome()).isEqualTo(new JobOutcome.Succeeded());
        assertThat(removal.actions()).isEmpty();
        lab.admin().get("/api/target/" + ost + "/").then().statusCode(404);
    }

    @Test
    void theVolumeOfAForgottenMgtAndItsServersAreFree() {
        ownPair();
        long mgt = pair.mgt("unmounted");

        assertThat(run("ForgetTargetJob", mgt, "unmounted", "forgotten").actions())
                .isEmpty();

        assertThat(pair.mgt("unformatted")).isGreaterThan(mgt);
    }

    @Test
    void reformattingSkipsTheCheckOfTheDevice() {
        long ost = lab.create(JsonNodeFactory.instance
                .objectNode()
                .put("kind", "OST")
                .put("volume_id", pair.diskOfTwo().id())
                .put("filesystem_id", pair.filesystem().id())
                .put("reformat", true)
                .put("inode_size", 512)
                .put("inode_count", 327680));

        golden("ost-reformat", run("FormatTargetJob", ost, "unformatted", "formatted"));
    }

    @Test
    void aTargetOnZfsLivesInADatasetOfItsPool() {
        FilesystemFact filesystem = pair.filesystem();
        long ost = lab.target("OST", lab.volume(pair.bus(), "zfs", "pool1", pair.two(), pair.one()), filesystem);

        golden("zfs-format", run("FormatTargetJob", ost, "unformatted", "formatted"));
        golden("zfs-register", run("RegisterTargetJob", ost, "formatted", "registered"));
        golden("zfs-configure", run("ConfigureTargetJob", ost, "registered", "unmounted"));
    }

    @Test
    void aTargetWithoutFailoverServerHasNoFailoverNode() {
        FilesystemFact filesystem = pair.filesystem();
        long ost = lab.target("OST", lab.volume(pair.bus(), "linux", "/dev/sdb", pair.two()), filesystem);

        golden("single-format", run("FormatTargetJob", ost, "unformatted", "formatted"));
    }

    @Test
    void whatAJobChangesIsOnTheFactTopicAndInItsLastEvent() {
        ownPair();
        long mgt = pair.mgt("formatted");
        Dispatch.RunJob job = JobLab.transition("RegisterTargetJob", mgt, "formatted", "registered");

        TargetFact change =
                (TargetFact) pair.jobs().run(job, agents).end().changes().getFirst();

        TargetFact published = (TargetFact) pair.bus()
                .await(
                        FACTS,
                        heard -> heard.as(FactMessage.class).fact().ref().equals(job.subject())
                                && ((TargetFact) heard.as(FactMessage.class).fact())
                                        .state()
                                        .equals("registered"))
                .as(FactMessage.class)
                .fact();
        assertThat(published).isEqualTo(change);
        assertThat(lab.show(mgt).get("state").asText()).isEqualTo("registered");
        assertThat(lab.show(mgt).get("ha_label").asText()).isEqualTo(change.haLabel());
    }
}
