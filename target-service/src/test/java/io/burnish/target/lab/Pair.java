package io.burnish.target.lab;

import io.burnish.contracts.fact.FilesystemFact;
import io.burnish.contracts.fact.HostFact;
import io.burnish.contracts.fact.VolumeFact;
import io.burnish.testsupport.Bus;
import io.burnish.testsupport.Transcript;
import java.util.List;

/** Two servers of one cluster with shared volumes; targets go from state to state as the command service would have it. */
public final class Pair implements AutoCloseable {

    private static final List<String> STATES =
            List.of("unformatted", "formatted", "registered", "unmounted", "mounted");
    private static final List<String> WAY_UP =
            List.of("FormatTargetJob", "RegisterTargetJob", "ConfigureTargetJob", "StartTargetJob");

    private final Lab lab;
    private final Bus bus;
    private final HostFact one;
    private final HostFact two;
    private final JobLab jobs;
    private Long mgt;

    /** Opens a pair whose messages are heard from now on. */
    public Pair(Lab lab, String kafka) {
        this.lab = lab;
        bus = new Bus(kafka, JobLab.topics());
        one = lab.server(bus, "oss1", "10.0.0.1@tcp");
        two = lab.server(bus, "oss2", "10.0.0.2@o2ib1");
        jobs = new JobLab(bus, one, two);
    }

    /** What is published by and for the service. */
    public Bus bus() {
        return bus;
    }

    /** The first server. */
    public HostFact one() {
        return one;
    }

    /** The second server. */
    public HostFact two() {
        return two;
    }

    /** Jobs and agents. */
    public JobLab jobs() {
        return jobs;
    }

    /** A disk that both servers see, the first being its primary one. */
    public VolumeFact disk() {
        return lab.volume(bus, "linux", "/dev/mapper/mpath1", one, two);
    }

    /** A disk that both servers see, the second being its primary one. */
    public VolumeFact diskOfTwo() {
        return lab.volume(bus, "linux", "/dev/mapper/mpath2", two, one);
    }

    /** An MGT in some state; mounted on the first server. */
    public long mgt(String state) {
        long mgt = lab.target("MGT", disk(), null);
        bring(mgt, "MGS", state, one);
        return mgt;
    }

    /** The MGT of all file systems of the pair, mounted on the first server. */
    public long mgt() {
        if (mgt == null) {
            mgt = mgt("mounted");
        }
        return mgt;
    }

    /** A new file system. */
    public FilesystemFact filesystem() {
        return lab.filesystem(bus, "scratch", mgt());
    }

    /** An OST of a new file system in some state; mounted on the second server. */
    public long ost(String state) {
        long ost = lab.target("OST", diskOfTwo(), filesystem());
        bring(ost, "scratch-OST0000", state, two);
        return ost;
    }

    /** Runs the jobs on the way from {@code unformatted} to a state. */
    public void bring(long target, String name, String state, HostFact node) {
        for (int i = 0; i < STATES.indexOf(state); i++) {
            Transcript transcript = jobs.run(
                    JobLab.transition(WAY_UP.get(i), target, STATES.get(i), STATES.get(i + 1)),
                    Agents.obedient(name, node.fqdn()));
            if (!transcript.end().changes().isEmpty()) {
                continue;
            }
            throw new AssertionError(WAY_UP.get(i) + " did not succeed:\n" + transcript);
        }
    }

    @Override
    public void close() {
        bus.close();
    }
}
