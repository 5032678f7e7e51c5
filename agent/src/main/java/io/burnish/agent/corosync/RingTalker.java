package io.burnish.agent.corosync;

import io.burnish.agent.Life;
import io.burnish.agent.system.CommandLine;
import io.burnish.agent.system.CommandNotFoundException;
import io.burnish.agent.system.HostSystem;
import java.time.Duration;

/** Speaks on ring 1 so that the peer finds this server, until Corosync itself does, at most ten minutes. */
final class RingTalker {

    private static final int SECONDS = 600;
    private static final System.Logger LOG = System.getLogger(RingTalker.class.getName());

    private Thread talking;

    /** Says something from now on, instead of what it said before. */
    synchronized void say(HostSystem host, String ring, Announcement announcement) {
        stop();
        CommandLine ping = CommandLine.of(
                        "ping",
                        "-I",
                        ring,
                        "-q",
                        "-i",
                        "1",
                        "-w",
                        Integer.toString(SECONDS),
                        "-p",
                        announcement.pattern(),
                        RingTraffic.GROUP_RING1)
                .within(Duration.ofSeconds(SECONDS + 10));
        talking = Thread.ofVirtual().name("ring-talker").start(() -> talk(host, ping));
    }

    /** Falls silent. */
    synchronized void stop() {
        if (talking != null) {
            talking.interrupt();
            talking = null;
        }
    }

    private static void talk(HostSystem host, CommandLine ping) {
        try {
            host.run(ping);
        } catch (InterruptedException | Life.LifeEndedException e) {
            LOG.log(System.Logger.Level.DEBUG, "no more announcements on ring 1");
        } catch (CommandNotFoundException e) {
            LOG.log(System.Logger.Level.WARNING, "cannot announce this server on ring 1: " + e.getMessage());
        }
    }
}
