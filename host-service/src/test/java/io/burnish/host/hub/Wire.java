package io.burnish.host.hub;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A TCP connection through the test, which can stop carrying bytes without either end noticing. */
final class Wire implements AutoCloseable {

    private final NetServer server;
    private final NetClient client;
    private final List<NetSocket> ends = new CopyOnWriteArrayList<>();
    private volatile boolean frozen;

    private Wire(NetServer server, NetClient client) {
        this.server = server;
        this.client = client;
    }

    /** Opens a wire to a local port. */
    static Wire to(Vertx vertx, int port) throws Exception {
        Wire wire = new Wire(vertx.createNetServer(), vertx.createNetClient());
        wire.server.connectHandler(near -> {
            near.pause();
            wire.client
                    .connect(port, "127.0.0.1")
                    .onSuccess(far -> {
                        wire.ends.addAll(List.of(near, far));
                        near.pipeTo(far);
                        far.pipeTo(near);
                        far.closeHandler(ended -> wire.shut());
                    })
                    .onFailure(failure -> near.close());
        });
        ScriptedAgent.await(wire.server.listen(0, "127.0.0.1"));
        return wire;
    }

    int port() {
        return server.actualPort();
    }

    void freeze() {
        frozen = true;
        ends.forEach(NetSocket::pause);
    }

    /** What is on its way arrives: an intact wire ends when both ends have closed. */
    @Override
    public void close() {
        if (frozen) {
            shut();
        }
    }

    private void shut() {
        server.close();
        client.close();
    }
}
