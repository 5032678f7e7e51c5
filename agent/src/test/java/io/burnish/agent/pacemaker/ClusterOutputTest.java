package io.burnish.agent.pacemaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.agent.system.HostSystem;
import io.burnish.agent.testing.Fixtures;
import io.burnish.contracts.agent.report.CorosyncReport.CrmInfo;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The output of cluster tools is understood from Pacemaker 1.1 and 2.1. */
class ClusterOutputTest {

    @Test
    void targetsAreFoundWithTheirNodes() {
        ResourceList list = ResourceList.parse(Fixtures.contract("crm_mon.txt"));
        assertThat(list.known()).isTrue();
        assertThat(list.nodes())
                .containsEntry("fs1-OST0003_9be1f0", "oss1.example.net")
                .containsEntry("fs1-OST0004_77ab01", null)
                .containsEntry("fs1-OST0005_0c0ffe", "oss2.example.net")
                .containsEntry("fs1-OST0006_1234aa", "oss2.example.net")
                .hasSize(4);
        assertThat(list.running()).isEqualTo(3);
        assertThat(list.failed()).isEmpty();
    }

    @Test
    void theBulletsAndHeadingsOfPacemaker2AreUnderstood() {
        String text = """
                Cluster Summary:
                  * Stack: corosync
                  * Current DC: oss1 (version 2.1.5-a3f44794f94) - partition with quorum

                Node List:
                  * Online: [ oss1 oss2 ]

                Full List of Resources:
                  * st-fencing	(stonith:fence_chroma):	 Started oss1
                  * fs1-OST0003_9be1f0	(ocf:chroma:Target):	 Started oss1
                  * fs1-OST0004_77ab01	(ocf::chroma:Target):	 Stopped (disabled)
                  * fs1-OST0005_77ab02	(ocf::chroma:Target):	 FAILED oss2 (blocked)
                  * fs1-OST0006_77ab03	(ocf:chroma:Target):	 Starting oss2

                Failed Resource Actions:
                  * fs1-OST0004_77ab01	(ocf::chroma:Target):	 Started nowhere
                """;
        ResourceList list = ResourceList.parse(text);
        assertThat(list.nodeOf("fs1-OST0003_9be1f0")).contains("oss1");
        assertThat(list.nodeOf("fs1-OST0004_77ab01")).isEmpty();
        assertThat(list.nodeOf("fs1-OST0005_77ab02")).isEmpty();
        assertThat(list.nodeOf("fs1-OST0006_77ab03")).isEmpty();
        assertThat(list.failed()).containsOnlyKeys("fs1-OST0005_77ab02");
    }

    @Test
    void withoutADesignatedControllerNothingIsBelieved() {
        ResourceList list = ResourceList.parse("""
                Current DC: NONE

                Full list of resources:

                 fs1-OST0003_9be1f0	(ocf::chroma:Target):	Started oss1
                """);
        assertThat(list.known()).isFalse();
        assertThat(list.nodes()).isEmpty();
    }

    @Test
    void otherResourcesAreNotTargets() {
        assertThat(ResourceList.parse(Fixtures.lustre217("33-cluster/resource-start-crm_resource.out"))
                        .nodes())
                .isEmpty();
    }

    @Test
    void membersAndOptionsAreReadFromOldXml() {
        CrmInfo info = ClusterStatus.parse(Fixtures.contract("crm_mon-xml.txt"), ZoneId.of("Europe/Paris"))
                .orElseThrow();
        assertThat(info.datetime()).isEqualTo(Instant.parse("2024-03-02T07:20:00Z"));
        assertThat(info.options().stonithEnabled()).isTrue();
        assertThat(info.nodes()).containsOnlyKeys("oss1.example.net", "oss2.example.net");
        assertThat(info.nodes().get("oss2.example.net"))
                .containsEntry("online", "false")
                .containsEntry("id", "2")
                .containsEntry("type", "member");
    }

    @Test
    void membersAndOptionsAreReadFromBothFormsOfPacemaker2() {
        for (String form : new String[] {"crm_mon-xml", "crm_mon-legacy-xml"}) {
            CrmInfo info = ClusterStatus.parse(Fixtures.lustre217("33-cluster/" + form + ".out"), ZoneOffset.UTC)
                    .orElseThrow();
            assertThat(info.nodes()).as(form).containsOnlyKeys("rig1");
            assertThat(info.nodes().get("rig1")).containsEntry("is_dc", "true").containsEntry("online", "true");
            assertThat(info.options().stonithEnabled()).isFalse();
        }
    }

    @Test
    void theSentenceOfAStoppedClusterIsNoStatus() {
        assertThat(ClusterStatus.parse(
                        "Connection to cluster failed: Transport endpoint is not connected", ZoneOffset.UTC))
                .isEmpty();
        assertThat(ClusterStatus.parse("", ZoneOffset.UTC)).isEmpty();
    }

    @Test
    void theNodeOfAConstraintIsFoundWithAndWithoutBlanksAfterTheComma() {
        String old = Fixtures.contract("crm_resource-a.txt");
        assertThat(TargetLocations.node(old, "fs1-OST0003_9be1f0-primary")).contains("oss1.example.net");
        assertThat(TargetLocations.node(old, "fs1-OST0003_9be1f0-secondary")).contains("oss2.example.net");
        assertThat(TargetLocations.node(old, "fs1-OST0003_9be1f0-third")).isEmpty();
        String glued = "  : Node oss2 (score=10 id=L-secondary)\n";
        assertThat(TargetLocations.node(glued, "L-secondary")).contains("oss2");
    }

    @Test
    void theClustersNameOfThisServerMayBeShort() {
        HostSystem.HostNames me = new HostSystem.HostNames("oss1.example.net", "oss1");
        assertThat(ClusterNodes.parse("1 oss1.example.net member\n2 oss2.example.net lost\n")
                        .nameOf(me))
                .isEqualTo("oss1.example.net");
        assertThat(ClusterNodes.parse("1 oss1 member\n").nameOf(me)).isEqualTo("oss1");
        assertThat(ClusterNodes.parse("1 oss1 member\n").ids()).isEqualTo(Map.of("oss1", "1"));
    }

    @Test
    void hostileXmlIsNotFollowed() {
        String bomb = "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><crm_mon>&a;</crm_mon>";
        assertThat(Xml.parse(bomb)).isEmpty();
    }
}
