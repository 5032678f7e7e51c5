package io.burnish.simulator.load;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What one job of a file system's clients does to one target, in operations.
 *
 * @param id as clients name it without a scheduler: {@code program.uid}
 */
record Job(String id, Wave reads, Wave writes, Wave metadata) {

    /** One read or write of a client. */
    static final long BYTES_PER_CALL = 917_504;

    private static final List<String> IDS = List.of("ior.1001", "python.1002", "vasp.1003", "cp.0", "tar.1002");

    /** Thrown once: a target is asked often. */
    private static final Map<String, List<Job>> KNOWN = new ConcurrentHashMap<>();

    /** The jobs that use a target. */
    static List<Job> on(String filesystem, String target) {
        return KNOWN.computeIfAbsent(filesystem + "/" + target, name -> thrown(filesystem, target));
    }

    private static List<Job> thrown(String filesystem, String target) {
        return IDS.stream().map(id -> job(id, filesystem, target)).toList();
    }

    private static Job job(String id, String filesystem, String target) {
        // a program is read- or write-heavy wherever it runs; the targets share it unevenly
        double writing = Dice.of(filesystem, id, "writing");
        return new Job(
                id,
                Dice.wave(4 + 12 * (1 - writing), 0.9, target, id, "reads"),
                Dice.wave(4 + 12 * writing, 0.8, target, id, "writes"),
                Dice.wave(6, 0.7, target, id, "metadata"));
    }
}
