package io.burnish.agent;

import java.time.Duration;

/** All intervals, bounds and counts of the agent in one place: tests and simulated clusters run the same code faster. */
public record AgentTimings(Channel channel, Reports reports, Waits waits) {

    /** For real servers; numbers of the agent contract where it has them. */
    public static AgentTimings real() {
        return new AgentTimings(Channel.real(), Reports.real(), Waits.real());
    }

    /** The same with every duration divided; counts stay. */
    public AgentTimings faster(int times) {
        return new AgentTimings(channel.faster(times), reports.faster(times), waits.faster(times));
    }

    /** The same with other waits. */
    public AgentTimings with(Waits other) {
        return new AgentTimings(channel, reports, other);
    }

    /** The same with other report intervals. */
    public AgentTimings with(Reports other) {
        return new AgentTimings(channel, other, waits);
    }

    /** The same with other channel timings. */
    public AgentTimings with(Channel other) {
        return new AgentTimings(other, reports, waits);
    }

    /**
     * The connection to the hub.
     *
     * @param reconnectFirst pause after the first failed try; doubles with each failure, with jitter of half its length
     * @param reconnectMost longest pause
     * @param connect bound for one try, TLS and greeting included
     * @param answerGrace how long an action that acts after its answer waits for the hub to have stored the answer
     */
    public record Channel(Duration reconnectFirst, Duration reconnectMost, Duration connect, Duration answerGrace) {

        static Channel real() {
            return new Channel(
                    Duration.ofSeconds(1), Duration.ofSeconds(60), Duration.ofSeconds(15), Duration.ofSeconds(10));
        }

        Channel faster(int times) {
            return new Channel(
                    reconnectFirst.dividedBy(times),
                    reconnectMost.dividedBy(times),
                    connect,
                    answerGrace.dividedBy(times));
        }
    }

    /**
     * Plug-ins, samples and log lines.
     *
     * @param poll interval of a plug-in (agent contract, 3.7)
     * @param fullEvery number of cycles after which everything is reported again (3.8)
     * @param sample interval of statistics (API contract, storage 24)
     * @param keptSampleBatches how many batches are kept until the hub has stored them, by default those of a day, for the manager takes
     *     none that are older; the oldest go first
     * @param logs interval of the journal reader
     * @param keptLogLines how many lines are kept while the hub is away; the oldest go first
     * @param command bound for one command of a plug-in: a hanging device must not stop the reports of others
     */
    public record Reports(
            Duration poll,
            int fullEvery,
            Duration sample,
            int keptSampleBatches,
            Duration logs,
            int keptLogLines,
            Duration command) {

        static Reports real() {
            return new Reports(
                    Duration.ofSeconds(10),
                    60,
                    Duration.ofSeconds(10),
                    8_640,
                    Duration.ofSeconds(10),
                    4096,
                    Duration.ofMinutes(2));
        }

        Reports faster(int times) {
            return new Reports(
                    poll.dividedBy(times),
                    fullEvery,
                    sample.dividedBy(times),
                    keptSampleBatches,
                    logs.dividedBy(times),
                    keptLogLines,
                    command);
        }
    }

    /**
     * Waits inside actions: all are polls with a bound.
     *
     * @param step interval of quick local checks
     * @param service bound for a service to become active or inactive after its command (11); {@code serviceTries} commands,
     *     {@code servicePause} apart
     * @param cluster interval of looks at the cluster
     * @param targetStart bound for a target to start or stop, {@code targetQuiet} bound without any change (9.8)
     * @param move bound for a target to move (9.8)
     * @param importPause between tries to import a pool, {@code importTries} of them (9.6)
     * @param exportPause between tries to export a busy pool, {@code exportTries} of them (9.4)
     * @param cib bound for the cluster database to answer (10.4)
     * @param pacemaker bound for the cluster-wide configuration, looked at every {@code pacemakerLook} (10.4)
     * @param link bound for the link of an interface to come up, {@code address} for its address (10.1)
     * @param listenRing0 how long used multicast ports are listened for, {@code listenRing1} for a peer (10.1)
     */
    public record Waits(
            Duration step,
            Duration service,
            int serviceTries,
            Duration servicePause,
            Duration cluster,
            Duration targetStart,
            Duration targetQuiet,
            Duration move,
            Duration importPause,
            int importTries,
            Duration exportPause,
            int exportTries,
            Duration cib,
            Duration pacemaker,
            Duration pacemakerLook,
            Duration link,
            Duration address,
            Duration listenRing0,
            Duration listenRing1) {

        static Waits real() {
            return new Waits(
                    Duration.ofMillis(200),
                    Duration.ofSeconds(5),
                    6,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1200),
                    Duration.ofSeconds(120),
                    Duration.ofSeconds(100),
                    Duration.ofSeconds(1),
                    60,
                    Duration.ofSeconds(5),
                    12,
                    Duration.ofSeconds(120),
                    Duration.ofSeconds(120),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(30));
        }

        Waits faster(int times) {
            return new Waits(
                    step.dividedBy(times),
                    service.dividedBy(times),
                    serviceTries,
                    servicePause.dividedBy(times),
                    cluster.dividedBy(times),
                    targetStart.dividedBy(times),
                    targetQuiet.dividedBy(times),
                    move.dividedBy(times),
                    importPause.dividedBy(times),
                    importTries,
                    exportPause.dividedBy(times),
                    exportTries,
                    cib.dividedBy(times),
                    pacemaker.dividedBy(times),
                    pacemakerLook.dividedBy(times),
                    link.dividedBy(times),
                    address.dividedBy(times),
                    listenRing0.dividedBy(times),
                    listenRing1.dividedBy(times));
        }
    }
}
