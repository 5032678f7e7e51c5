package io.burnish.agent.system.linux;

import io.burnish.agent.system.CommandLine;
import io.burnish.agent.system.CommandResult;
import io.burnish.agent.system.HostSystem;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The machine that this process runs on. */
public final class LinuxHostSystem implements HostSystem {

    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    private final Path stateDirectory;
    private final String bootId;
    private final HostNames names;
    private final ForegroundCommand foreground;
    private final OnceCommand once;
    private final JournalReader journal;

    /** The machine, with the agent's files in a directory. */
    public LinuxHostSystem(Path stateDirectory) throws IOException {
        this(stateDirectory, Files.readString(BOOT_ID).strip(), System.getenv().getOrDefault("PATH", ""));
    }

    LinuxHostSystem(Path stateDirectory, String bootId, String searchPath) throws IOException {
        this.stateDirectory = stateDirectory;
        this.bootId = bootId;
        this.names = readNames();
        Programs programs = new Programs(searchPath);
        Path onceRoot = stateDirectory.resolve("once");
        OnceDirectory.removeOld(onceRoot, Instant.now());
        this.foreground = new ForegroundCommand(programs);
        this.once = new OnceCommand(programs, onceRoot, bootId);
        this.journal = new JournalReader(programs);
    }

    @Override
    public CommandResult run(CommandLine command, OutputListener output) throws InterruptedException {
        return command.onceKey() == null ? foreground.run(command, output) : once.run(command, output);
    }

    @Override
    public Optional<String> read(Path file) throws IOException {
        return LinuxFiles.read(file);
    }

    @Override
    public void write(Path file, String content, int mode) throws IOException {
        LinuxFiles.write(file, content, mode);
    }

    @Override
    public void delete(Path file) throws IOException {
        LinuxFiles.delete(file);
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        Files.createDirectories(directory);
    }

    @Override
    public List<String> list(Path directory) throws IOException {
        return LinuxFiles.list(directory);
    }

    @Override
    public boolean exists(Path file) {
        return Files.exists(file);
    }

    @Override
    public Optional<Path> realPath(Path file) throws IOException {
        return LinuxFiles.realPath(file);
    }

    @Override
    public List<JournalEntry> journal(int limit) throws IOException, InterruptedException {
        return journal.next(limit);
    }

    @Override
    public void follow(Path fifo, OutputListener lines) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(fifo, StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.accept(line);
            }
        }
    }

    @Override
    public String bootId() {
        return bootId;
    }

    @Override
    public Path stateDirectory() {
        return stateDirectory;
    }

    @Override
    public HostNames names() {
        return names;
    }

    private static HostNames readNames() throws IOException {
        String node = Files.readString(HOST_NAME).strip();
        try {
            String full = InetAddress.getByName(node).getCanonicalHostName();
            // without a name in DNS the address itself comes back; a loopback entry in /etc/hosts is no name either
            boolean address = full.chars().allMatch(c -> c == '.' || c == ':' || Character.digit(c, 16) >= 0);
            return new HostNames(address || full.startsWith("localhost") ? node : full, node);
        } catch (UnknownHostException e) {
            return new HostNames(node, node);
        }
    }
}
