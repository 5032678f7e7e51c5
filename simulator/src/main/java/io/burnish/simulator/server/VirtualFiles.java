package io.burnish.simulator.server;

import io.burnish.simulator.lab.Lab;
import io.burnish.simulator.lab.Lun;
import io.burnish.simulator.lab.Machine;
import io.burnish.simulator.program.Programs;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Files of a virtual server: what its kernel makes up, its devices, and what was written, which the laboratory keeps. */
record VirtualFiles(Lab lab, Machine machine, Programs programs) {

    Optional<String> read(Path file) {
        String path = file.toString();
        return lab.look(
                () -> programs.kernelFile(lab, machine, path).or(() -> Optional.ofNullable(machine.files.get(path))));
    }

    void write(Path file, String content) {
        lab.change(() -> machine.files.put(file.toString(), content));
    }

    void delete(Path file) {
        lab.change(() -> {
            machine.directories.remove(file.toString());
            return machine.files.remove(file.toString());
        });
    }

    void createDirectory(Path directory) {
        lab.change(() -> machine.directories.add(directory.toString()));
    }

    List<String> list(Path directory) {
        String prefix = directory + "/";
        return lab.look(() -> {
            Set<String> names = new TreeSet<>();
            for (Lun lun : lab.luns(machine)) {
                addName(names, prefix, lun.device());
                addName(names, prefix, lun.link());
            }
            machine.files.keySet().forEach(path -> addName(names, prefix, path));
            machine.directories.forEach(path -> addName(names, prefix, path));
            return List.copyOf(names);
        });
    }

    private static void addName(Set<String> names, String prefix, String path) {
        if (path.startsWith(prefix)) {
            String rest = path.substring(prefix.length());
            int slash = rest.indexOf('/');
            names.add(slash < 0 ? rest : rest.substring(0, slash));
        }
    }

    boolean exists(Path file) {
        String path = file.toString();
        return lab.look(() -> lab.lun(machine, path).isPresent()
                || path.equals("/dev/sda")
                || path.equals("/dev/sda1")
                || machine.files.containsKey(path)
                || machine.directories.contains(path)
                || programs.kernelFile(lab, machine, path).isPresent());
    }

    Optional<Path> realPath(Path file) {
        Optional<Lun> lun = lab.look(() -> lab.lun(machine, file.toString()));
        if (lun.isPresent()) {
            return Optional.of(Path.of(lun.get().device()));
        }
        return exists(file) ? Optional.of(file) : Optional.empty();
    }
}
