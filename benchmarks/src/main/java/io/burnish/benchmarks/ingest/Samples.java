package io.burnish.benchmarks.ingest;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * What a server with six OSTs reports, as its agent writes it: 12 figures of the server and 30 of each target, counters that grow unevenly
 * and gauges that move.
 */
final class Samples {

    static final int TARGETS = 6;

    private static final List<String> HOST_GAUGES =
            List.of("mem_MemTotal", "mem_MemFree", "mem_SwapTotal", "mem_SwapFree", "lnet_errors");
    private static final List<String> HOST_COUNTERS = List.of(
            "cpu_user", "cpu_system", "cpu_idle", "cpu_iowait", "cpu_total", "lnet_send_count", "lnet_recv_count");
    private static final List<String> GAUGES = List.of(
            "kbytestotal",
            "kbytesfree",
            "kbytesavail",
            "filestotal",
            "filesfree",
            "num_exports",
            "tot_dirty",
            "tot_granted",
            "tot_pending");
    private static final List<String> COUNTERS = List.of(
            "stats_read_bytes",
            "stats_read_iops",
            "stats_write_bytes",
            "stats_write_iops",
            "stats_read",
            "stats_write",
            "stats_setattr",
            "stats_punch",
            "stats_sync",
            "stats_destroy",
            "stats_create",
            "stats_statfs",
            "stats_get_info",
            "stats_connect",
            "stats_ping",
            "stats_prealloc",
            "stats_getattr",
            "stats_quotactl",
            "stats_reconnect",
            "stats_disconnect",
            "stats_llog_init");

    /** Points in one sampling of a server. */
    static final int POINTS = HOST_GAUGES.size() + HOST_COUNTERS.size() + TARGETS * (GAUGES.size() + COUNTERS.size());

    private Samples() {}

    /** The names of ten series of a target. */
    static List<String> ten() {
        return COUNTERS.subList(0, 10);
    }

    /** A whole sampling of a server. */
    static byte[] sampling(int server, long number, Instant takenAt) {
        StringBuilder text = begin(server, number, takenAt);
        HOST_GAUGES.forEach(name -> sample(text, null, name, "GAUGE", gauge(server, name, number)));
        HOST_COUNTERS.forEach(name -> sample(text, null, name, "COUNTER", counter(server, name, number)));
        for (int target = 0; target < TARGETS; target++) {
            int id = (server - 1) * TARGETS + target;
            String label = label(id);
            GAUGES.forEach(name -> sample(text, label, name, "GAUGE", gauge(id, name, number)));
            COUNTERS.forEach(name -> sample(text, label, name, "COUNTER", counter(id, name, number)));
        }
        return end(text);
    }

    /** Ten series of each target of a server. */
    static byte[] part(int server, long number, Instant takenAt) {
        StringBuilder text = begin(server, number, takenAt);
        for (int target = 0; target < TARGETS; target++) {
            int id = (server - 1) * TARGETS + target;
            ten().forEach(name -> sample(text, label(id), name, "COUNTER", counter(id, name, number)));
        }
        return end(text);
    }

    private static String label(int target) {
        return "bench-OST%04x".formatted(target);
    }

    private static StringBuilder begin(int server, long number, Instant takenAt) {
        return new StringBuilder(20_000)
                .append("{\"hostId\":")
                .append(server)
                .append(",\"agentEpoch\":\"bench\",\"sequence\":")
                .append(number)
                .append(",\"takenAt\":\"")
                .append(takenAt)
                .append("\",\"samples\":[");
    }

    private static void sample(StringBuilder text, String target, String name, String type, long value) {
        text.append('{');
        if (target != null) {
            text.append("\"target\":\"").append(target).append("\",");
        }
        text.append("\"name\":\"").append(name).append("\",\"type\":\"").append(type);
        text.append("\",\"value\":").append(value).append(".0},");
    }

    private static byte[] end(StringBuilder text) {
        text.setCharAt(text.length() - 1, ']');
        return text.append('}').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static long gauge(int object, String name, long number) {
        return 1_000_000 + name.hashCode() % 1000 + (number * 7919 + object) % 523;
    }

    private static long counter(int object, String name, long number) {
        return number * (1000 + Math.floorMod(name.hashCode(), 100_000)) + (number * 31 + object) % 997;
    }
}
