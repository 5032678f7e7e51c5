package io.burnish.system;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLContext;

/** Many requests over a few connections at the same time. */
final class RawClients {

    private static final int CONNECTIONS = 8;

    private final URI door;
    private final SSLContext trust;
    private final InetAddress from;

    /** @param from loopback address by which the door is to know these clients: its failed log-ins are counted for it alone */
    RawClients(URI door, SSLContext trust, String from) throws UnknownHostException {
        this.door = door;
        this.trust = trust;
        this.from = InetAddress.getByName(from);
    }

    /** What is done with one item over one of the connections. */
    interface Work<T> {
        void on(RawConnection connection, T item) throws IOException;
    }

    RawAnswer send(RawRequest request) throws IOException {
        try (RawConnection connection = new RawConnection(door, trust, from)) {
            return connection.send(request);
        }
    }

    /** Does the work on all items; fails with the first failure of any. */
    <T> void each(List<T> items, Work<T> work) throws IOException, InterruptedException {
        Queue<T> queue = new ConcurrentLinkedQueue<>(items);
        List<Future<?>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CONNECTIONS; i++) {
                running.add(threads.submit(() -> {
                    try (RawConnection connection = new RawConnection(door, trust, from)) {
                        for (T item = queue.poll(); item != null; item = queue.poll()) {
                            work.on(connection, item);
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } catch (ExecutionException e) {
            queue.clear();
            throw new IOException("a request failed: " + e.getCause(), e.getCause());
        }
    }
}
