package io.burnish.agent.sample;

import java.util.ArrayList;
import java.util.List;

/** The parameters that are read for statistics, in one command (monitoring 9.2). Those that a server lacks cost nothing. */
final class LustreParameters {

    private static final List<String> SPACE =
            List.of("kbytestotal", "kbytesfree", "kbytesavail", "filestotal", "filesfree");
    private static final List<String> MDT =
            List.of("num_exports", "md_stats", "hsm_control", "hsm.agents", "hsm.actions", "exports.*.uuid");
    private static final List<String> OST =
            List.of("num_exports", "tot_dirty", "tot_granted", "tot_pending", "stats", "job_stats");

    private LustreParameters() {}

    static List<String> commandLine() {
        List<String> words = new ArrayList<>(List.of("lctl", "get_param", "stats"));
        SPACE.forEach(name -> words.add("osd-*.*." + name));
        MDT.forEach(name -> words.add("mdt.*." + name));
        words.add("mds.MDS.mdt.stats");
        SPACE.forEach(name -> words.add("obdfilter.*." + name));
        OST.forEach(name -> words.add("obdfilter.*." + name));
        return words;
    }
}
