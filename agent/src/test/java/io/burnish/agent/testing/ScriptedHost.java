package io.burnish.agent.testing;

import io.burnish.agent.system.CommandLine;
import io.burnish.agent.system.CommandNotFoundException;
import io.burnish.agent.system.CommandResult;
import io.burnish.agent.system.HostSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.stream.Collectors;

/**
 * A server that plays a script: commands answer what the test says, and everything that was run is remembered in order. A command without
 * a script succeeds silently. Arguments with blanks are shown in single quotes.
 */
public class ScriptedHost implements HostSystem {

    private final Path state;
    private final Map<String, Deque<Reply>> replies = new HashMap<>();
    private final Set<String> missing = new HashSet<>();
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final List<CommandLine> lines = new CopyOnWriteArrayList<>();
    private final Map<Path, String> files = new TreeMap<>();
    private final Map<Path, Integer> modes = new HashMap<>();
    private final Set<Path> directories = new TreeSet<>();
    private final Map<Path, Path> links = new HashMap<>();
    private final Deque<JournalEntry> journal = new LinkedBlockingDeque<>();
    private final Map<String, Deque<List<String>>> writers = new HashMap<>();
    private volatile String bootId = "boot-1";

    public ScriptedHost(Path state) {
        this.state = state;
    }

    /** What a command does. */
    @FunctionalInterface
    public interface Reply {
        CommandResult run(CommandLine command, OutputListener output) throws InterruptedException;
    }

    public static CommandResult ok(String stdout) {
        return new CommandResult(0, stdout, "");
    }

    public static CommandResult failed(int rc, String stderr) {
        return new CommandResult(rc, "", stderr);
    }

    /** The command answers these one after the other, the last one for ever. */
    public ScriptedHost on(String command, CommandResult... results) {
        for (CommandResult result : results) {
            reply(command, (line, output) -> result);
        }
        return this;
    }

    /** The command prints this. */
    public ScriptedHost on(String command, String stdout) {
        return on(command, ok(stdout));
    }

    /** The command does this, after what was scripted for it before. */
    public synchronized ScriptedHost reply(String command, Reply reply) {
        replies.computeIfAbsent(command, absent -> new ArrayDeque<>()).add(reply);
        return this;
    }

    /** When the command runs, something changes on the server. */
    public ScriptedHost then(String command, Runnable change) {
        return reply(command, (line, output) -> {
            change.run();
            return ok("");
        });
    }

    public ScriptedHost missing(String program) {
        missing.add(program);
        return this;
    }

    public synchronized ScriptedHost file(String path, String text) {
        files.put(Path.of(path), text);
        return this;
    }

    public synchronized ScriptedHost directory(String path) {
        directories.add(Path.of(path));
        return this;
    }

    public synchronized ScriptedHost link(String path, String target) {
        links.put(Path.of(path), Path.of(target));
        return this;
    }

    public ScriptedHost bootId(String id) {
        bootId = id;
        return this;
    }

    public ScriptedHost journalEntry(JournalEntry entry) {
        journal.add(entry);
        return this;
    }

    /** Everything that was run, in order. */
    public List<String> commands() {
        return List.copyOf(commands);
    }

    /** The command lines as they came. */
    public List<CommandLine> lines() {
        return List.copyOf(lines);
    }

    public synchronized Optional<String> text(String path) {
        return Optional.ofNullable(files.get(Path.of(path)));
    }

    public synchronized int mode(String path) {
        return modes.getOrDefault(Path.of(path), -1);
    }

    public synchronized boolean hasDirectory(String path) {
        return directories.contains(Path.of(path));
    }

    @Override
    public CommandResult run(CommandLine command, OutputListener output) throws InterruptedException {
        String shown = command.args().stream()
                .map(word -> word.contains(" ") || word.isEmpty() ? "'" + word + "'" : word)
                .collect(Collectors.joining(" "));
        commands.add(shown);
        lines.add(command);
        if (missing.contains(command.program())) {
            throw new CommandNotFoundException(command.program());
        }
        CommandResult result = next(shown).run(command, output);
        output.accept(result.stdout());
        output.accept(result.stderr());
        return result;
    }

    private synchronized Reply next(String command) {
        Deque<Reply> scripted = replies.get(command);
        if (scripted == null) {
            return (line, output) -> ok("");
        }
        return scripted.size() > 1 ? scripted.removeFirst() : scripted.getFirst();
    }

    @Override
    public synchronized Optional<String> read(Path file) {
        return Optional.ofNullable(files.get(file));
    }

    @Override
    public synchronized void write(Path file, String content, int mode) {
        files.put(file, content);
        modes.put(file, mode);
    }

    @Override
    public synchronized void delete(Path file) throws IOException {
        files.remove(file);
        directories.remove(file);
    }

    @Override
    public synchronized void createDirectories(Path directory) {
        directories.add(directory);
    }

    @Override
    public synchronized List<String> list(Path directory) {
        Set<String> names = new TreeSet<>();
        for (Set<Path> known : List.of(files.keySet(), directories, links.keySet())) {
            for (Path path : known) {
                if (path.startsWith(directory) && !path.equals(directory)) {
                    names.add(path.getName(directory.getNameCount()).toString());
                }
            }
        }
        return new ArrayList<>(names);
    }

    @Override
    public synchronized boolean exists(Path file) {
        return files.containsKey(file) || directories.contains(file) || links.containsKey(file);
    }

    @Override
    public synchronized Optional<Path> realPath(Path file) {
        if (links.containsKey(file)) {
            return Optional.of(links.get(file));
        }
        return exists(file) ? Optional.of(file) : Optional.empty();
    }

    /** Lines of a FIFO whose writer is gone after them. */
    public ScriptedHost writer(String fifo, String... lines) {
        writers.computeIfAbsent(fifo, path -> new ArrayDeque<>()).add(List.of(lines));
        return this;
    }

    /** When no writer is left to come, the reader is interrupted, as when its service is stopped. */
    @Override
    public void follow(Path fifo, OutputListener lines) throws InterruptedException {
        Deque<List<String>> left = writers.getOrDefault(fifo.toString(), new ArrayDeque<>());
        if (left.isEmpty()) {
            throw new InterruptedException();
        }
        left.removeFirst().forEach(lines::accept);
    }

    @Override
    public List<JournalEntry> journal(int limit) {
        List<JournalEntry> entries = new ArrayList<>();
        while (!journal.isEmpty() && entries.size() < limit) {
            entries.add(journal.removeFirst());
        }
        return entries;
    }

    @Override
    public String bootId() {
        return bootId;
    }

    @Override
    public Path stateDirectory() {
        return state;
    }

    @Override
    public HostNames names() {
        return new HostNames("oss1.lab.example", "oss1");
    }
}
