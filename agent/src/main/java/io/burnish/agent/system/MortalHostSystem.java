package io.burnish.agent.system;

import io.burnish.agent.Life;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A machine as seen by one life of the agent: out of reach as soon as the life has ended. */
public final class MortalHostSystem implements HostSystem {

    private final HostSystem host;
    private final Life life;
    private final Map<Thread, Boolean> repeatable = new ConcurrentHashMap<>();

    /** Wraps a machine. */
    public MortalHostSystem(HostSystem host, Life life) {
        this.host = host;
        this.life = life;
    }

    /** Stops the commands that the next life will simply run again; once-commands go on without the agent. */
    public void stopRepeatableCommands() {
        repeatable.keySet().forEach(Thread::interrupt);
    }

    @Override
    public CommandResult run(CommandLine command, OutputListener output) throws InterruptedException {
        life.check();
        OutputListener whileAlive = text -> {
            if (!life.ended()) {
                output.accept(text);
            }
        };
        if (command.onceKey() == null) {
            repeatable.put(Thread.currentThread(), true);
        }
        try {
            return host.run(command, whileAlive);
        } finally {
            repeatable.remove(Thread.currentThread());
            life.check();
        }
    }

    @Override
    public Optional<String> read(Path file) throws IOException {
        life.check();
        return host.read(file);
    }

    @Override
    public void write(Path file, String content, int mode) throws IOException {
        life.check();
        host.write(file, content, mode);
    }

    @Override
    public void delete(Path file) throws IOException {
        life.check();
        host.delete(file);
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        life.check();
        host.createDirectories(directory);
    }

    @Override
    public List<String> list(Path directory) throws IOException {
        life.check();
        return host.list(directory);
    }

    @Override
    public boolean exists(Path file) {
        life.check();
        return host.exists(file);
    }

    @Override
    public Optional<Path> realPath(Path file) throws IOException {
        life.check();
        return host.realPath(file);
    }

    @Override
    public List<JournalEntry> journal(int limit) throws IOException, InterruptedException {
        life.check();
        return host.journal(limit);
    }

    @Override
    public void follow(Path fifo, OutputListener lines) throws IOException, InterruptedException {
        life.check();
        host.follow(fifo, lines);
    }

    @Override
    public Instant now() {
        return host.now();
    }

    @Override
    public String bootId() {
        return host.bootId();
    }

    @Override
    public Path stateDirectory() {
        return host.stateDirectory();
    }

    @Override
    public HostNames names() {
        return host.names();
    }
}
