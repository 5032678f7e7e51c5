package io.burnish.simulator.hsm;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.simulator.lab.HsmRequest;
import io.burnish.simulator.lab.Lab;
import io.burnish.simulator.lab.Machine;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.UUID;

/**
 * A running copytool, as {@code lhsmtool_posix}: registers, does what the coordinator hands it, one request after the other, and writes its
 * events (agent contract, 13.3). A file whose name contains {@code unreadable} fails. It ends when its thread is interrupted.
 */
final class CopytoolProcess implements Runnable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss '+0000'");
    private static final long LOOK_MILLIS = 100;
    private static final long PART_MILLIS = 250;
    private static final int PARTS = 4;
    private static final long PART_BYTES = 4 << 20;

    private final Lab lab;
    private final Machine machine;
    private final Mover mover;
    private final Fifos fifos;
    private final String uuid = UUID.randomUUID().toString();

    CopytoolProcess(Lab lab, Machine machine, Mover mover, Fifos fifos) {
        this.lab = lab;
        this.machine = machine;
        this.mover = mover;
        this.fifos = fifos;
    }

    @Override
    public void run() {
        lab.change(() -> machine.movers.put(mover.unit(), uuid));
        write(event("REGISTER")
                .put("archive", mover.archive())
                .put("mount_point", mover.mountpoint())
                .put("uuid", uuid));
        Coordinator coordinator = new Coordinator(lab, mover.filesystem());
        try {
            while (true) {
                Optional<HsmRequest> next = lab.look(() -> coordinator.next(mover.archive()));
                if (next.isPresent()) {
                    serve(next.get());
                } else {
                    Thread.sleep(LOOK_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            write(event("UNREGISTER")
                    .put("archive", mover.archive())
                    .put("mount_point", mover.mountpoint())
                    .put("uuid", uuid));
        } finally {
            fifos.writerGone(mover.fifo());
            lab.change(() -> machine.movers.remove(mover.unit()));
        }
    }

    private void serve(HsmRequest request) throws InterruptedException {
        boolean done = false;
        try {
            write(of(request, "START"));
            for (int part = 1; part <= PARTS; part++) {
                Thread.sleep(PART_MILLIS);
                write(of(request, "RUNNING")
                        .put("current_bytes", part * PART_BYTES)
                        .put("total_bytes", PARTS * PART_BYTES));
            }
            done = !request.path.contains("unreadable");
            write(done ? of(request, "FINISH") : of(request, "ERROR").put("error", "Input/output error"));
        } finally {
            String status = done ? "SUCCEED" : "FAILED";
            lab.change(() -> request.status = status);
        }
    }

    private static ObjectNode of(HsmRequest request, String phase) {
        return event(request.action + "_" + phase)
                .put("source_fid", request.fid)
                .put("data_fid", request.fid)
                .put("lustre_path", request.path);
    }

    private static ObjectNode event(String type) {
        return JSON.createObjectNode()
                .put("event_type", type)
                .put("event_time", ZonedDateTime.now(ZoneOffset.UTC).format(TIME));
    }

    private void write(ObjectNode event) {
        fifos.write(mover.fifo(), event.toString());
    }
}
