package io.burnish.host.ssh;

import java.io.IOException;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;

/** Whether a server answers at all. */
public final class Ping {

    private static final int SECONDS = 5;

    private Ping() {}

    /**
     * Sends one ping with the system's program; where there is none, Java's own way is tried, which needs the rights of the superuser
     * to be reliable.
     */
    public static boolean answers(InetAddress address) throws InterruptedException {
        Process ping;
        try {
            ping = new ProcessBuilder("ping", "-c", "1", "-W", Integer.toString(SECONDS), address.getHostAddress())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            return reachable(address);
        }
        try {
            return ping.waitFor(2L * SECONDS, TimeUnit.SECONDS) && ping.exitValue() == 0;
        } finally {
            ping.destroyForcibly();
        }
    }

    private static boolean reachable(InetAddress address) {
        try {
            return address.isReachable((int) TimeUnit.SECONDS.toMillis(SECONDS));
        } catch (IOException e) {
            return false;
        }
    }
}
