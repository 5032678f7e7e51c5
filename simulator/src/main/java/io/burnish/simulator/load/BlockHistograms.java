package io.burnish.simulator.load;

import java.util.List;

/** {@code brw_stats}: how large transfers were and how long they took, in the shares of a server that does its work well. */
final class BlockHistograms {

    private static final List<Section> SECTIONS = List.of(
            new Section("pages per bulk r/w     rpcs", "       ", List.of("1:", "64:", "256:"), List.of(8, 12, 80)),
            new Section("discontiguous pages    rpcs", "       ", List.of("0:", "1:"), List.of(95, 5)),
            new Section("discontiguous blocks   rpcs", "       ", List.of("0:", "1:"), List.of(95, 5)),
            new Section("disk fragmented I/Os   ios ", "        ", List.of("1:", "2:"), List.of(90, 10)),
            new Section("disk I/Os in flight    ios ", "        ", List.of("1:", "2:", "4:"), List.of(60, 25, 15)),
            new Section("I/O time (1/1000s)     ios ", "        ", List.of("1:", "4:", "16:"), List.of(55, 35, 10)),
            new Section("disk I/O size          ios ", "        ", List.of("4K:", "128K:", "1M:"), List.of(8, 12, 80)));

    private BlockHistograms() {}

    /** @param shares in percent, of each bucket */
    private record Section(String heading, String gap, List<String> buckets, List<Integer> shares) {

        void append(StringBuilder text, long reads, long writes) {
            text.append("\n                           read      |     write\n");
            text.append(heading)
                    .append("  % cum % |")
                    .append("  ")
                    .append(heading.strip().substring(heading.strip().lastIndexOf(' ') + 1));
            text.append(gap).append(" % cum %\n");
            if (reads + writes == 0) {
                return;
            }
            int together = 0;
            for (int i = 0; i < buckets.size(); i++) {
                int share = shares.get(i);
                together += share;
                text.append("%-10s %15d %3d %3d   | %10d %3d %3d\n"
                        .formatted(
                                buckets.get(i),
                                reads * share / 100,
                                share,
                                together,
                                writes * share / 100,
                                share,
                                together));
            }
        }
    }

    static String of(long reads, long writes, StatisticsText times) {
        StringBuilder text = new StringBuilder(times.times().toString().replace("_time ", "_time:"));
        SECTIONS.forEach(section -> section.append(text, reads, writes));
        return text.toString();
    }
}
