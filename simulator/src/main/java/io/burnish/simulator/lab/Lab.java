package io.burnish.simulator.lab;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The laboratory: one state, one lock, one file. A change is on the disk before anybody learns of it, so that the death of this
 * process is never seen as a machine that forgot what it had said.
 */
public final class Lab {

    private static final long GIB = 1L << 30;

    private final ObjectMapper json = new ObjectMapper();
    private final ReentrantLock lock = new ReentrantLock();
    private final Path file;
    private final LabState state;
    private final CommandTrace trace = new CommandTrace();
    private final boolean durable;

    private Lab(Path file, LabState state, boolean durable) {
        this.file = file;
        this.state = state;
        this.durable = durable;
        json.setVisibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY);
        json.setVisibility(PropertyAccessor.GETTER, JsonAutoDetect.Visibility.NONE);
    }

    /** Opens the laboratory in a directory, or builds one of that many pairs of servers with six LUNs each. */
    public static Lab open(Path directory, int pairs) throws IOException {
        return open(directory, pairs, 0, true);
    }

    /**
     * As {@link #open(Path, int)}, with further servers {@code worker1} and so on that have no LUNs and no partner.
     *
     * @param durable false: changes stay in memory, so that many servers do not wait for one file; for measuring
     */
    public static Lab open(Path directory, int pairs, int workers, boolean durable) throws IOException {
        Files.createDirectories(directory);
        Path file = directory.resolve("lab.json");
        Lab lab = new Lab(file, new LabState(), durable);
        if (Files.exists(file)) {
            lab.json.readerForUpdating(lab.state).readValue(file.toFile());
        } else {
            lab.build(pairs, workers);
        }
        lab.wire();
        lab.save();
        return lab;
    }

    private void build(int pairs, int workers) {
        int address = 11;
        for (int pair = 0; pair < pairs; pair++) {
            boolean metadata = pair == 0;
            String name = metadata ? "mds" : "oss";
            String pairName = "pair" + (pair + 1);
            group(pairName);
            for (int member = 1; member <= 2; member++) {
                int number = metadata ? member : 2 * (pair - 1) + member;
                machine(name + number, pairName, address++);
            }
            luns(pairName, pair, metadata);
        }
        for (int worker = 1; worker <= workers; worker++) {
            group("worker" + worker);
            machine("worker" + worker, "worker" + worker, address++);
        }
    }

    private void group(String name) {
        state.clusters.put(name, new Cluster());
        state.shared.put(name, new LinkedHashSet<>());
    }

    private void machine(String name, String pair, int address) {
        Machine machine = new Machine();
        machine.nodename = name;
        machine.fqdn = name + ".lab.example";
        machine.pair = pair;
        machine.address = address;
        machine.bootId = UUID.randomUUID().toString();
        machine.bootedAt = System.currentTimeMillis() / 1000;
        machine.files.put("/boot/initramfs-" + machine.kernel + ".img", "");
        state.machines.put(machine.fqdn, machine);
    }

    /** Every server has a supply on an outlet of each of two units. */
    private void wire() {
        if (!state.units.isEmpty()) {
            return;
        }
        for (String address : List.of("10.73.11.1", "10.73.11.2")) {
            PowerUnit unit = new PowerUnit();
            state.machines.keySet().forEach(fqdn -> unit.feeds.put(Integer.toString(unit.feeds.size() + 1), fqdn));
            unit.outlets = Math.max(8, unit.feeds.size());
            state.units.put(address, unit);
        }
    }

    private void luns(String pair, int number, boolean metadata) {
        for (int i = 0; i < 6; i++) {
            Lun lun = new Lun();
            lun.serial = "36001405%08x%016x".formatted(number + 1, 0xa1 + i);
            lun.name = "sd" + (char) ('b' + i);
            lun.size = (metadata ? 10 + 5L * i : 100 + 20L * i) * GIB;
            state.luns.put(lun.serial, lun);
            state.shared.get(pair).add(lun.serial);
        }
    }

    /** Looks or changes under the lock, without writing to the disk. */
    public <T> T look(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /** Changes under the lock; the result is given when the state is on the disk, if the laboratory is durable. */
    public <T> T change(Supplier<T> work) {
        lock.lock();
        try {
            T result = work.get();
            if (durable) {
                save();
            }
            return result;
        } finally {
            lock.unlock();
        }
    }

    private void save() {
        try {
            Path fresh = file.resolveSibling(file.getFileName() + ".new");
            json.writeValue(fresh.toFile(), state);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the laboratory in " + file, e);
        }
    }

    /** The state; touch it only within {@link #look} or {@link #change}. */
    public LabState state() {
        return state;
    }

    /** Whether changes outlive this process. */
    public boolean durable() {
        return durable;
    }

    /** The commands that began lately. */
    public CommandTrace trace() {
        return trace;
    }

    /** The LUNs that a machine sees, in the order of their names. */
    public List<Lun> luns(Machine machine) {
        return state.shared.get(machine.pair).stream().map(state.luns::get).toList();
    }

    /** The LUN behind a device path of a machine. */
    public Optional<Lun> lun(Machine machine, String path) {
        return luns(machine).stream()
                .filter(lun -> lun.device().equals(path) || lun.link().equals(path))
                .findFirst();
    }

    /** The cluster of a machine. */
    public Cluster cluster(Machine machine) {
        return state.clusters.get(machine.pair);
    }

    /** The machines of a pair. */
    public List<Machine> pair(String name) {
        return state.machines.values().stream()
                .filter(machine -> machine.pair.equals(name))
                .toList();
    }
}
