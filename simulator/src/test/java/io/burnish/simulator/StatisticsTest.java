package io.burnish.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.agent.command.Commands;
import io.burnish.agent.sample.HostSampler;
import io.burnish.agent.sample.LustreSampler;
import io.burnish.contracts.agent.SampleBatch.Sample;
import io.burnish.contracts.agent.SampleBatch.SeriesType;
import io.burnish.simulator.lab.Lun;
import io.burnish.simulator.server.VirtualServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the real agent samples on virtual servers that serve imagined clients. */
class StatisticsTest {

    @TempDir
    Path directory;

    private Rig rig;

    @BeforeEach
    void open() throws IOException, InterruptedException {
        rig = new Rig(directory);
        rig.startLnet("mds1");
        rig.startLnet("mds2");
        serve(0, "mgs", -1);
        serve(1, "mdt", 0);
        serve(2, "ost", 0);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    /** Formats a LUN and mounts it on the first server. */
    private void serve(int position, String role, int index) throws InterruptedException {
        Lun lun = rig.lun(position);
        String[] mkfs = role.equals("mgs")
                ? new String[] {"mkfs.lustre", "--mgs", lun.device()}
                : new String[] {
                    "mkfs.lustre",
                    "--" + role,
                    "--fsname=scratch",
                    "--index=" + index,
                    "--mgsnode=10.73.10.11@tcp",
                    lun.device()
                };
        assertThat(rig.run("mds1", mkfs).rc()).isZero();
        mount("mds1", position);
    }

    private void mount(String server, int position) throws InterruptedException {
        String device = rig.lun(position).device();
        assertThat(rig.run(server, "mount", "-t", "lustre", device, "/mnt/" + position)
                        .rc())
                .isZero();
    }

    @Test
    void everySeriesOfTheContractIsThere() throws Exception {
        Map<String, Sample> samples = moving("mds1");
        assertThat(samples)
                .containsKeys(
                        "cpu_user", "cpu_system", "cpu_idle", "cpu_iowait", "cpu_total", "mem_MemTotal", "mem_MemFree")
                .containsKeys("mem_SwapTotal", "mem_SwapFree", "lnet_send_count", "lnet_recv_count", "lnet_errors");
        for (String name : "kbytestotal kbytesfree kbytesavail filestotal filesfree num_exports".split(" ")) {
            assertThat(samples).containsKeys("scratch-MDT0000/" + name, "scratch-OST0000/" + name);
        }
        assertThat(samples)
                .containsKeys("scratch-OST0000/tot_dirty", "scratch-OST0000/tot_granted", "scratch-OST0000/tot_pending")
                .containsKeys("scratch-MDT0000/client_count", "scratch-MDT0000/stats_req_waittime");
        for (String name : "open close getattr unlink mknod".split(" ")) {
            assertThat(samples.get("scratch-MDT0000/stats_" + name).type()).isEqualTo(SeriesType.COUNTER);
        }
        assertThat(samples.get("scratch-OST0000/stats_write_bytes").value())
                .isGreaterThan(samples.get("scratch-OST0000/stats_write_iops").value());
        assertThat(samples.get("scratch-OST0000/job_write_bytes_ior.1001").value())
                .isPositive();
        assertThat(samples.get("scratch-MDT0000/client_count").value()).isBetween(4.0, 40.0);
        assertThat(samples.keySet()).noneMatch(name -> name.startsWith("MGS/"));
    }

    @Test
    void jobsOfATargetAddUpToItsTraffic() throws Exception {
        String text = rig.run("mds1", "lctl", "get_param", "obdfilter.*.stats", "obdfilter.*.job_stats")
                .stdout();
        long written = number(text, "write_bytes +(\\d+) samples");
        long byJobs = java.util.regex.Pattern.compile("write_bytes: +\\{ samples: +(\\d+)")
                .matcher(text)
                .results()
                .mapToLong(found -> Long.parseLong(found.group(1)))
                .sum();
        // the two are worked out at the same time
        assertThat(byJobs).isEqualTo(written);
    }

    private static long number(String text, String pattern) {
        var matcher = java.util.regex.Pattern.compile(pattern).matcher(text);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }

    @Test
    void countersOfTheServerGoOnWhenATargetLeavesAndThoseOfTheTargetBeginAnew() throws Exception {
        Map<String, Sample> before = moving("mds1");
        assertThat(rig.run("mds1", "umount", "/mnt/2").rc()).isZero();
        Map<String, Sample> after = samples("mds1");
        for (String counter : "cpu_user cpu_system cpu_iowait cpu_idle cpu_total lnet_send_count".split(" ")) {
            assertThat(after.get(counter).value())
                    .as(counter)
                    .isGreaterThanOrEqualTo(before.get(counter).value());
        }
        assertThat(after.keySet()).noneMatch(name -> name.startsWith("scratch-OST0000/"));
        mount("mds2", 2);
        assertThat(samples("mds2").get("scratch-OST0000/stats_write_bytes").value())
                .isLessThan(before.get("scratch-OST0000/stats_write_bytes").value() + 200e6);
        assertThat(samples("mds2").get("scratch-OST0000/kbytestotal"))
                .isEqualTo(before.get("scratch-OST0000/kbytestotal"));
    }

    @Test
    void whatDoesNotExistIsToldAndTheRestIsPrinted() throws Exception {
        var result = rig.run("mds2", "lctl", "get_param", "-n", "version", "mdt.*.md_stats");
        assertThat(result.rc()).isEqualTo(2);
        assertThat(result.stdout()).isEqualTo("2.15.5\n");
        assertThat(result.stderr())
                .isEqualTo("error: get_param: param_path 'mdt/*/md_stats': No such file or directory\n");
    }

    /** Samples of a moment at which every job has done something. */
    private Map<String, Sample> moving(String server) {
        // as if it had been mounted an hour ago
        rig.lab.change(() -> {
            for (Lun lun : rig.lab.luns(rig.server(server).machine())) {
                lun.mountedAt -= Duration.ofHours(1).toMillis();
            }
            return null;
        });
        return samples(server);
    }

    private Map<String, Sample> samples(String name) {
        VirtualServer server = rig.server(name);
        Commands commands = Commands.unrecorded(server, Duration.ofSeconds(10));
        Map<String, Sample> samples = new HashMap<>();
        try {
            for (Sample sample : new HostSampler(server).sample(commands)) {
                samples.put(sample.name(), sample);
            }
            for (Sample sample : new LustreSampler(server).sample(commands)) {
                samples.put(sample.target() == null ? sample.name() : sample.target() + "/" + sample.name(), sample);
            }
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
        return samples;
    }
}
