package io.burnish.agent.sample;

import io.burnish.agent.command.Commands;
import io.burnish.agent.system.HostSystem;
import io.burnish.contracts.agent.SampleBatch.Sample;
import io.burnish.contracts.agent.SampleBatch.SeriesType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Memory and processor time of the server (API contract, storage 24.1; monitoring 9.3). */
public record HostSampler(HostSystem host) implements Sampler {

    private static final Path MEMINFO = Path.of("/proc/meminfo");
    private static final Path STAT = Path.of("/proc/stat");
    private static final Set<String> MEMORY = Set.of("MemTotal", "MemFree", "SwapTotal", "SwapFree");
    private static final Pattern MEMORY_LINE = Pattern.compile("^(\\w+):\\s+(\\d+)", Pattern.MULTILINE);

    // user nice system idle iowait irq, in ticks
    private static final int COUNTED = 6;

    @Override
    public List<Sample> sample(Commands commands) throws IOException {
        List<Sample> samples = new ArrayList<>(memory(host.read(MEMINFO).orElse("")));
        samples.addAll(processor(host.read(STAT).orElse("")));
        return samples;
    }

    static List<Sample> memory(String meminfo) {
        List<Sample> samples = new ArrayList<>();
        Matcher matcher = MEMORY_LINE.matcher(meminfo);
        while (matcher.find()) {
            if (MEMORY.contains(matcher.group(1))) {
                double kilobytes = Double.parseDouble(matcher.group(2));
                samples.add(new Sample(null, "mem_" + matcher.group(1), SeriesType.GAUGE, kilobytes));
            }
        }
        return samples;
    }

    static List<Sample> processor(String stat) {
        String first = stat.lines().findFirst().orElse("");
        String[] words = first.split("\\s+");
        if (!words[0].equals("cpu") || words.length <= COUNTED) {
            return List.of();
        }
        long[] ticks =
                Arrays.stream(words, 1, COUNTED + 1).mapToLong(Long::parseLong).toArray();
        return List.of(
                derive("cpu_user", ticks[0]),
                derive("cpu_system", ticks[2] + ticks[5]),
                derive("cpu_idle", ticks[3]),
                derive("cpu_iowait", ticks[4]),
                derive("cpu_total", Arrays.stream(ticks).sum()));
    }

    private static Sample derive(String name, long ticks) {
        return new Sample(null, name, SeriesType.DERIVE, ticks);
    }
}
