package io.burnish.agent.client;

import io.burnish.agent.system.HostSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Lines of {@code /etc/fstab} for Lustre clients (agent contract, 12). */
record FstabFile(HostSystem host) {

    private static final Path FILE = Path.of("/etc/fstab");
    private static final int WORLD_READABLE = 0644;

    /** Puts a client mount there, instead of any former line for it. */
    void put(String spec, String mountPoint) throws IOException {
        write(without(text(), spec) + line(spec, mountPoint));
    }

    /** Takes a client mount away. */
    void remove(String spec) throws IOException {
        String text = text();
        String rest = without(text, spec);
        if (!rest.equals(text)) {
            write(rest);
        }
    }

    static String line(String spec, String mountPoint) {
        return spec + "\t" + mountPoint + "\t\tlustre\tdefaults,_netdev\t0 0\n";
    }

    static String without(String text, String spec) {
        return text.lines()
                .filter(line -> !line.strip().split("\\s+")[0].equals(spec))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    private String text() throws IOException {
        return host.read(FILE).orElse("");
    }

    private void write(String text) throws IOException {
        host.write(FILE, text, WORLD_READABLE);
    }
}
