package io.burnish.agent.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.agent.lustre.GetParamOutput;
import io.burnish.agent.testing.Fixtures;
import io.burnish.contracts.agent.SampleBatch.Sample;
import io.burnish.contracts.agent.SampleBatch.SeriesType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Series have the names, types and values of the API contract (storage 24). */
class SeriesTest {

    @Test
    void memoryIsReportedInKilobytes() {
        assertThat(HostSampler.memory(Fixtures.lustre217("07-proc/meminfo.out")))
                .extracting(Sample::name)
                .containsExactlyInAnyOrder("mem_MemTotal", "mem_MemFree", "mem_SwapTotal", "mem_SwapFree");
        assertThat(HostSampler.memory("MemTotal:        7990212 kB\nHugePages_Total:       0\n"))
                .containsExactly(new Sample(null, "mem_MemTotal", SeriesType.GAUGE, 7990212));
    }

    @Test
    void processorTimeIsTheSumOfAllProcessors() {
        assertThat(HostSampler.processor("cpu  10044 120 5010 900120 310 0 45 0 0 0\ncpu0 1 2 3\n"))
                .containsExactly(
                        new Sample(null, "cpu_user", SeriesType.DERIVE, 10044),
                        new Sample(null, "cpu_system", SeriesType.DERIVE, 5010),
                        new Sample(null, "cpu_idle", SeriesType.DERIVE, 900120),
                        new Sample(null, "cpu_iowait", SeriesType.DERIVE, 310),
                        new Sample(null, "cpu_total", SeriesType.DERIVE, 915604));
        assertThat(HostSampler.processor("")).isEmpty();
    }

    @Test
    void spaceOfAnOstIsItsOwnAndThatOfAnMdtIsItsBackingFileSystems() {
        Map<String, Sample> series = series("05-params/osd-kbytes.out", "05-params/osd-files.out")
                .apply("obdfilter.rigfs-OST0000.kbytesfree=1839000\nmdt.rigfs-MDT0000.num_exports=4\n");
        assertThat(series.get("rigfs-MDT0000/kbytesfree"))
                .isEqualTo(new Sample("rigfs-MDT0000", "kbytesfree", SeriesType.GAUGE, 1158616));
        assertThat(series.get("rigfs-MDT0000/filesfree").value()).isEqualTo(838272);
        assertThat(series.get("rigfs-MDT0000/num_exports").value()).isEqualTo(4);
        assertThat(series.get("rigfs-OST0000/kbytesfree").value()).isEqualTo(1839000);
        assertThat(series.keySet()).noneMatch(name -> name.startsWith("MGS/"));
        assertThat(series.keySet()).noneMatch(name -> name.startsWith("rigfs-OST0001/"));
    }

    @Test
    void bytesAreCountedAsBytesAndAsOperations() {
        Map<String, Sample> series = series("05-params/obdfilter-stats.out").apply("");
        assertThat(series.get("rigfs-OST0000/stats_read_bytes"))
                .isEqualTo(new Sample("rigfs-OST0000", "stats_read_bytes", SeriesType.COUNTER, 68337664));
        assertThat(series.get("rigfs-OST0000/stats_read_iops"))
                .isEqualTo(new Sample("rigfs-OST0000", "stats_read_iops", SeriesType.COUNTER, 319));
        assertThat(series.get("rigfs-OST0000/stats_write_iops").value()).isEqualTo(468);
    }

    @Test
    void operationsAreCountedWhateverUnitTheirTimesHave() {
        Map<String, Sample> current = series("05-params/mdt-md_stats.out", "05-params/mds-services-stats.out")
                .apply("");
        assertThat(current.get("rigfs-MDT0000/stats_open"))
                .isEqualTo(new Sample("rigfs-MDT0000", "stats_open", SeriesType.COUNTER, 418));
        assertThat(current.get("rigfs-MDT0000/stats_req_active"))
                .isEqualTo(new Sample("rigfs-MDT0000", "stats_req_active", SeriesType.COUNTER, 830));
        assertThat(current.get("rigfs-MDT0000/stats_req_waittime"))
                .isEqualTo(new Sample("rigfs-MDT0000", "stats_req_waittime", SeriesType.GAUGE, 999226));
        assertThat(current.get("rigfs-MDT0000/stats_reqbuf_avail").type()).isEqualTo(SeriesType.GAUGE);
        Map<String, Sample> old = series().apply(
                        "obdfilter.fs1-OST0003.stats=\nsnapshot_time  1709367600.250118 secs.usecs\n"
                                + "get_page                  21 samples [usec] 0 42 355 9021\n"
                                + "cache_access              2048 samples [pages] 1 1 2048\n"
                                + "statfs                    3120 samples [reqs]\n");
        assertThat(old.get("fs1-OST0003/stats_get_page"))
                .isEqualTo(new Sample("fs1-OST0003", "stats_get_page", SeriesType.GAUGE, 355));
        assertThat(old.get("fs1-OST0003/stats_cache_access").type()).isEqualTo(SeriesType.GAUGE);
        assertThat(old.get("fs1-OST0003/stats_statfs"))
                .isEqualTo(new Sample("fs1-OST0003", "stats_statfs", SeriesType.COUNTER, 3120));
    }

    @Test
    void anIdleOstStillReportsItsTraffic() {
        Map<String, Sample> series = series().apply("obdfilter.fs1-OST0003.num_exports=5\n");
        assertThat(series.get("fs1-OST0003/stats_read_bytes").value()).isZero();
        assertThat(series.get("fs1-OST0003/stats_write_iops").value()).isZero();
    }

    @Test
    void serversAreNotCountedAsClients() {
        Map<String, Sample> series = series().apply("""
                        mdt.fs1-MDT0000.num_exports=5
                        mdt.fs1-MDT0000.exports.192.0.2.77@tcp.uuid=0f2c5b1e-77aa-4be0-9d3a-a1b2c3d4e5f6
                        mdt.fs1-MDT0000.exports.0@lo.uuid=
                        fs1-MDT0000-lwp-MDT0000_UUID
                        fs1-MDT0000-lwp-OST0003_UUID
                        """);
        assertThat(series.get("fs1-MDT0000/client_count").value()).isEqualTo(1);
    }

    @Test
    void hsmIsOnlyReportedWhileItIsOn() {
        String hsm = "mdt.fs1-MDT0000.hsm.agents=\n"
                + "uuid=7f0e archive_id=1 requests=[current:2 ok:17 errors:0]\n"
                + "uuid=8a1f archive_id=ANY requests=[current:0 ok:3 errors:1]\n"
                + "mdt.fs1-MDT0000.hsm.actions=\nlrh=[type=1] status=STARTED data=[]\nlrh=[type=1] status=WAITING data=[]\n"
                + "lrh=[type=1] status=FAILED data=[]\n";
        Map<String, Sample> on = series().apply("mdt.fs1-MDT0000.hsm_control=enabled\n" + hsm);
        assertThat(on.get("fs1-MDT0000/hsm_agents_total").value()).isEqualTo(2);
        assertThat(on.get("fs1-MDT0000/hsm_agents_idle").value()).isEqualTo(1);
        assertThat(on.get("fs1-MDT0000/hsm_agents_busy").value()).isEqualTo(1);
        assertThat(on.get("fs1-MDT0000/hsm_actions_running").value()).isEqualTo(1);
        assertThat(on.get("fs1-MDT0000/hsm_actions_errored").value()).isEqualTo(1);
        Map<String, Sample> off = series().apply("mdt.fs1-MDT0000.hsm_control=disabled\n" + hsm);
        assertThat(off.keySet()).noneMatch(name -> name.contains("hsm"));
    }

    @Test
    void lnetMessagesAndErrorsAreReported() {
        assertThat(series("05-params/lnet-params.out").apply(""))
                .containsEntry("null/lnet_send_count", new Sample(null, "lnet_send_count", SeriesType.COUNTER, 7805))
                .containsEntry("null/lnet_recv_count", new Sample(null, "lnet_recv_count", SeriesType.COUNTER, 7794))
                .containsEntry("null/lnet_errors", new Sample(null, "lnet_errors", SeriesType.GAUGE, 0));
    }

    @Test
    void jobsAreReportedWhenTheyHaveDoneSomething() {
        String text = """
                job_stats:
                - job_id:          dd.1001
                  snapshot_time:   1709367598
                  read_bytes:      { samples:           2, unit: bytes, min:    4096, max: 1048576, sum:         1052672 }
                  write_bytes:     { samples:          16, unit: bytes, min: 1048576, max: 1048576, sum:        16777216 }
                  setattr:         { samples:           1, unit:  reqs }
                  punch:           { samples:           0, unit:  reqs }
                - job_id:          "cp.0"
                  snapshot_time:   1709367555
                  read_bytes:      { samples:           0, unit: bytes, min:       0, max:       0, sum:               0 }
                  write_bytes:     { samples:           1, unit: bytes, min:   65536, max:   65536, sum:           65536 }
                """;
        JobStats jobs = new JobStats();
        List<Sample> first = new ArrayList<>();
        jobs.addSeries("fs1-OST0003", text, first);
        assertThat(first)
                .contains(
                        new Sample("fs1-OST0003", "job_read_bytes_dd.1001", SeriesType.COUNTER, 1052672),
                        new Sample("fs1-OST0003", "job_write_bytes_dd.1001", SeriesType.COUNTER, 16777216),
                        new Sample("fs1-OST0003", "job_read_iops_dd.1001", SeriesType.COUNTER, 2),
                        new Sample("fs1-OST0003", "job_write_iops_dd.1001", SeriesType.COUNTER, 16),
                        new Sample("fs1-OST0003", "job_metadata_iops_dd.1001", SeriesType.COUNTER, 1))
                .hasSize(10);
        List<Sample> second = new ArrayList<>();
        jobs.addSeries("fs1-OST0003", text.replace("1709367555", "1709367700"), second);
        assertThat(second).extracting(Sample::name).allMatch(name -> name.endsWith("_cp.0"));
        List<Sample> third = new ArrayList<>();
        jobs.addSeries("fs1-OST0003", "job_stats:\n", third);
        assertThat(third).isEmpty();
    }

    @Test
    void jobsOfACurrentServerAreRead() {
        List<Sample> samples = new ArrayList<>();
        new JobStats().addSeries("t", Fixtures.lustre217("05-params/job_stats-ost-n.out"), samples);
        assertThat(samples)
                .contains(
                        new Sample("t", "job_read_bytes_dd.0", SeriesType.COUNTER, 68337664),
                        new Sample("t", "job_read_iops_dd.0", SeriesType.COUNTER, 319),
                        new Sample("t", "job_metadata_iops_dd.0", SeriesType.COUNTER, 1));
    }

    /** Series by target and name, of captures and additional output. */
    private static Function<String, Map<String, Sample>> series(String... fixtures) {
        return more -> {
            StringBuilder text = new StringBuilder();
            for (String fixture : fixtures) {
                text.append(Fixtures.lustre217(fixture));
            }
            return new LustreSeries()
                    .of(GetParamOutput.parse(text + more)).stream()
                            .collect(Collectors.toMap(
                                    sample -> sample.target() + "/" + sample.name(), Function.identity(), (a, b) -> b));
        };
    }
}
