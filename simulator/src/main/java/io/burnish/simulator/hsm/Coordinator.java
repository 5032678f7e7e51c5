package io.burnish.simulator.hsm;

import io.burnish.simulator.lab.HsmRequest;
import io.burnish.simulator.lab.Lab;
import io.burnish.simulator.lab.Machine;
import java.util.List;
import java.util.Optional;

/**
 * The HSM coordinator of a file system, which lives on its MDT. It takes requests while {@code mdt.hsm_control} of the first MDT is
 * {@code enabled}, and hands them to copytools of the same archive. All methods: under the laboratory's lock.
 */
public record Coordinator(Lab lab, String filesystem) {

    private static final int REMEMBERED = 100;
    private static final String PARAMETER = "mdt.hsm_control=";

    /** What its switch says. */
    public String control() {
        String record = filesystem + "-MDT0000 " + PARAMETER;
        return lab.state().luns.values().stream()
                .filter(lun -> "mgs".equals(lun.role))
                .flatMap(lun -> lun.parameters.getOrDefault(filesystem + "-MDT0000", List.of()).stream())
                .filter(line -> line.startsWith(record))
                .map(line -> line.substring(record.length()))
                .findFirst()
                .orElse("disabled");
    }

    /** Takes a request; false if it is switched off. */
    public boolean take(String action, int archive, String path) {
        if (!control().equals("enabled")) {
            return false;
        }
        HsmRequest request = new HsmRequest();
        request.filesystem = filesystem;
        request.fid = "0x200000400:0x%x:0x0".formatted(++lab.state().hsmFiles);
        request.action = action;
        request.archive = archive;
        request.path = path;
        lab.state().hsm.add(request);
        if (lab.state().hsm.size() > REMEMBERED) {
            lab.state().hsm.removeFirst();
        }
        return true;
    }

    /** The next request for a copytool, which is started from now on. */
    Optional<HsmRequest> next(int archive) {
        Optional<HsmRequest> waiting = requests().stream()
                .filter(request -> request.archive == archive && request.status.equals("WAITING"))
                .findFirst();
        waiting.ifPresent(request -> request.status = "STARTED");
        return waiting;
    }

    /** {@code hsm/agents}: the registered copytools. */
    public String agents() {
        StringBuilder text = new StringBuilder();
        for (Machine machine : lab.state().machines.values()) {
            machine.movers.forEach((unit, uuid) -> Mover.of(machine, unit)
                    .filter(mover -> mover.filesystem().equals(filesystem))
                    .ifPresent(mover -> text.append("uuid=%s archive_id=%d requests=[current:%d ok:%d errors:%d]\n"
                            .formatted(
                                    uuid,
                                    mover.archive(),
                                    count(mover, "STARTED"),
                                    count(mover, "SUCCEED"),
                                    count(mover, "FAILED")))));
        }
        return text.toString();
    }

    private long count(Mover mover, String status) {
        return requests().stream()
                .filter(request -> request.archive == mover.archive() && request.status.equals(status))
                .count();
    }

    /** {@code hsm/actions}. */
    public String actions() {
        StringBuilder text = new StringBuilder();
        int index = 3;
        for (HsmRequest request : requests()) {
            text.append("""
                    lrh=[type=10680000 len=136 idx=1/%d] fid=[%s] dfid=[%s] compound/cookie=0x0/0x%x action=%s archive#=%d flags=0x0 \
                    extent=0x0-0xffffffffffffffff gid=0x0 datalen=0 status=%s data=[]
                    """.formatted(
                            index,
                            request.fid,
                            request.fid,
                            0x5f00aa00 + index,
                            request.action,
                            request.archive,
                            request.status));
            index++;
        }
        return text.toString();
    }

    private List<HsmRequest> requests() {
        return lab.state().hsm.stream()
                .filter(request -> request.filesystem.equals(filesystem))
                .toList();
    }
}
