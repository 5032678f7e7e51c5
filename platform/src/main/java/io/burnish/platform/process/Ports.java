package io.burnish.platform.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * TCP ports of the loopback address.
 *
 * <p>Free ports come from 20000 to 31999: below the range from which Linux takes the ports of outgoing connections, so that a port
 * which is kept for the next start is not taken by chance in between.
 */
public final class Ports {

    private static final int FIRST = 20_000;
    private static final int COUNT = 12_000;

    private Ports() {}

    /** Different ports on which nobody listens now. */
    public static List<Integer> free(int count) {
        Set<Integer> seen = new HashSet<>();
        List<Integer> found = new ArrayList<>();
        while (found.size() < count) {
            if (seen.size() >= COUNT) {
                throw new IllegalStateException("no " + count + " free ports between " + FIRST + " and "
                        + (FIRST + COUNT - 1) + " on 127.0.0.1");
            }
            int port = FIRST + ThreadLocalRandom.current().nextInt(COUNT);
            if (seen.add(port) && isFree(port)) {
                found.add(port);
            }
        }
        return found;
    }

    /** Whether nobody listens on that port of the loopback address (or of all addresses) now. */
    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
