package io.burnish.agent.sample;

import io.burnish.agent.lustre.GetParamOutput;
import io.burnish.contracts.agent.SampleBatch.Sample;
import io.burnish.contracts.agent.SampleBatch.SeriesType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns Lustre's parameters into series (API contract, storage 24; monitoring 9). */
final class LustreSeries {

    private static final Pattern SINGLE = Pattern.compile("(osd-\\w+|mdt|obdfilter)\\.([^.]+)\\.(\\w+)");
    private static final Pattern MDT_EXPORT = Pattern.compile("mdt\\.([^.]+)\\.exports\\..+\\.uuid");
    private static final Set<String> GAUGES = Set.of(
            "kbytestotal",
            "kbytesfree",
            "kbytesavail",
            "filestotal",
            "filesfree",
            "num_exports",
            "tot_dirty",
            "tot_granted",
            "tot_pending");
    private static final int LNET_NUMBERS = 11;

    private final JobStats jobs = new JobStats();

    List<Sample> of(GetParamOutput parameters) {
        List<Sample> samples = new ArrayList<>(lnet(parameters.get("stats")));
        Set<String> osts = new TreeSet<>();
        Set<String> mdts = new TreeSet<>();
        parameters.values().forEach((name, value) -> {
            Matcher matcher = SINGLE.matcher(name);
            if (matcher.matches()) {
                collect(matcher, value, samples, osts, mdts);
            }
        });
        osts.forEach(target -> ost(target, parameters, samples));
        mdts.forEach(target -> mdt(target, parameters, samples));
        jobs.retain(osts);
        return samples;
    }

    private static void collect(Matcher name, String value, List<Sample> samples, Set<String> osts, Set<String> mdts) {
        String target = name.group(2);
        switch (name.group(1)) {
            case "obdfilter" -> osts.add(target);
            case "mdt" -> mdts.add(target);
            default -> {
                // space of an OST is taken from the OST itself, and nothing is kept of an MGT
                if (!target.contains("-MDT")) {
                    return;
                }
            }
        }
        if (GAUGES.contains(name.group(3)) && value.matches("\\d+")) {
            samples.add(gauge(target, name.group(3), Double.parseDouble(value)));
        }
    }

    private void ost(String target, GetParamOutput parameters, List<Sample> samples) {
        Map<String, StatsLines.Line> lines =
                new LinkedHashMap<>(StatsLines.parse(parameters.get("obdfilter." + target + ".stats")));
        for (String always : List.of("read_bytes", "write_bytes")) {
            lines.putIfAbsent(always, new StatsLines.Line(always, 0, "bytes", 0.0));
        }
        lines.values().forEach(line -> StatsLines.addSeries(target, line, samples));
        jobs.addSeries(target, parameters.get("obdfilter." + target + ".job_stats"), samples);
    }

    private static void mdt(String target, GetParamOutput parameters, List<Sample> samples) {
        Map<String, StatsLines.Line> lines =
                new LinkedHashMap<>(StatsLines.parse(parameters.get("mdt." + target + ".md_stats")));
        lines.putAll(StatsLines.parse(parameters.get("mds.MDS.mdt.stats")));
        lines.values().forEach(line -> StatsLines.addSeries(target, line, samples));
        samples.add(gauge(target, "client_count", clients(target, parameters)));
        if (parameters.get("mdt." + target + ".hsm_control").equals("enabled")) {
            hsm(target, parameters, samples);
        }
    }

    /** Exports that belong to clients: those of servers are named after an MDT. */
    private static long clients(String target, GetParamOutput parameters) {
        String server = target.substring(0, target.lastIndexOf('-')) + "-MDT";
        return parameters.values().entrySet().stream()
                .filter(entry -> {
                    Matcher matcher = MDT_EXPORT.matcher(entry.getKey());
                    return matcher.matches() && matcher.group(1).equals(target);
                })
                .flatMap(entry -> entry.getValue().lines())
                .filter(uuid -> !uuid.isBlank() && !uuid.contains(server))
                .count();
    }

    private static void hsm(String target, GetParamOutput parameters, List<Sample> samples) {
        List<String> agents = lines(parameters.get("mdt." + target + ".hsm.agents"));
        long idle = agents.stream().filter(line -> line.contains("current:0")).count();
        samples.add(gauge(target, "hsm_agents_total", agents.size()));
        samples.add(gauge(target, "hsm_agents_idle", idle));
        samples.add(gauge(target, "hsm_agents_busy", agents.size() - idle));
        List<String> actions = lines(parameters.get("mdt." + target + ".hsm.actions"));
        Map<String, String> states = Map.of(
                "waiting", "status=WAITING",
                "running", "status=STARTED",
                "succeeded", "status=SUCCEED",
                "errored", "status=FAILED");
        states.forEach((name, mark) -> samples.add(gauge(
                target,
                "hsm_actions_" + name,
                actions.stream().filter(line -> line.contains(mark)).count())));
    }

    /** Eleven numbers on one line, in a fixed order (monitoring 9.3). */
    private static List<Sample> lnet(String stats) {
        String[] numbers = stats.strip().split("\\s+");
        if (numbers.length != LNET_NUMBERS) {
            return List.of();
        }
        return List.of(
                gauge(null, "lnet_errors", Double.parseDouble(numbers[2])),
                new Sample(null, "lnet_send_count", SeriesType.COUNTER, Double.parseDouble(numbers[3])),
                new Sample(null, "lnet_recv_count", SeriesType.COUNTER, Double.parseDouble(numbers[4])));
    }

    private static List<String> lines(String text) {
        return text.lines().filter(line -> !line.isBlank()).toList();
    }

    private static Sample gauge(String target, String name, double value) {
        return new Sample(target, name, SeriesType.GAUGE, value);
    }
}
