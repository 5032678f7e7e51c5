package io.burnish.simulator.server;

import io.burnish.agent.system.CommandLine;
import io.burnish.agent.system.CommandNotFoundException;
import io.burnish.agent.system.CommandResult;
import io.burnish.agent.system.HostSystem;
import io.burnish.simulator.hsm.CopytoolServices;
import io.burnish.simulator.hsm.Fifos;
import io.burnish.simulator.lab.Faults;
import io.burnish.simulator.lab.Lab;
import io.burnish.simulator.lab.Machine;
import io.burnish.simulator.program.Invocation;
import io.burnish.simulator.program.Program;
import io.burnish.simulator.program.Programs;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The machine below the real agent: command lines become calls of {@link Programs}, files are those of the laboratory. */
public final class VirtualServer implements HostSystem {

    private static final Set<String> NETWORK_TOOLS = Set.of("tcpdump", "ping");

    private final Lab lab;
    private final Machine machine;
    private final Programs programs;
    private final Faults faults;
    private final Path stateDirectory;
    private final RingTools rings;
    private final VirtualFiles files;
    private final OnceCommands once;
    private volatile Runnable agentDeath = () -> {};
    private volatile Runnable agentRestart = () -> {};
    private volatile Runnable reboot = () -> {};
    private final Fifos fifos = new Fifos();
    private final CopytoolServices copytools;

    /** A server of the laboratory; {@code stateDirectory} is a real directory for the agent's own files. */
    public VirtualServer(
            Lab lab,
            Machine machine,
            Programs programs,
            Faults faults,
            Path stateDirectory,
            RingTools rings,
            Vertx vertx) {
        this.lab = lab;
        this.machine = machine;
        this.programs = programs;
        this.faults = faults;
        this.stateDirectory = stateDirectory;
        this.rings = rings;
        this.files = new VirtualFiles(lab, machine, programs);
        this.once = new OnceCommands(lab, machine);
        this.copytools = new CopytoolServices(lab, machine, this, fifos, vertx);
    }

    /** What kills the agent at once and has it started again, what restarts it when it has answered, and what reboots the machine. */
    public void controlledBy(Runnable deathOfAgent, Runnable restartOfAgent, Runnable rebootOfMachine) {
        agentDeath = deathOfAgent;
        agentRestart = restartOfAgent;
        reboot = rebootOfMachine;
    }

    /** Has its copytool services be what the service manager says they are. */
    void settleServices() {
        try {
            copytools.settle();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The machine in the laboratory. */
    public Machine machine() {
        return machine;
    }

    @Override
    public CommandResult run(CommandLine command, OutputListener output) throws InterruptedException {
        awake();
        CommandResult result = command.onceKey() == null
                ? execute(command, null)
                : once.run(command, () -> execute(command, command.onceKey()));
        output.accept(result.stdout() + result.stderr());
        return result;
    }

    private CommandResult execute(CommandLine command, String onceKey) throws InterruptedException {
        String boot = awake();
        String line = String.join(" ", command.args());
        lab.trace().begins(machine.fqdn, line);
        Optional<Faults.Fault> fault = faults.hit(machine.fqdn, line);
        if (fault.isPresent()) {
            Thread.sleep(fault.get().delayMillis());
            if (fault.get().rc() != null) {
                return once.stored(
                        onceKey,
                        new CommandResult(fault.get().rc(), "", fault.get().stderr() + "\n"));
            }
        }
        CommandResult result = perform(command, line, boot, onceKey);
        if (fault.isPresent() && fault.get().killsAgent()) {
            agentDeath.run();
        }
        return result;
    }

    private CommandResult perform(CommandLine command, String line, String boot, String onceKey)
            throws InterruptedException {
        List<String> args = command.args();
        if (NETWORK_TOOLS.contains(command.program())) {
            return rings.run(lab, machine, command);
        }
        if (command.program().equals("openssl")) {
            return OpenSsl.run(args);
        }
        if (line.equals("service chroma-agent restart") || line.equals("systemctl restart chroma-agent")) {
            agentRestart.run();
            return Program.ok();
        }
        if (line.startsWith("shutdown -r")) {
            reboot.run();
            return Program.ok();
        }
        Optional<Program> program = programs.find(command.program());
        if (program.isEmpty()) {
            if (!programs.absentOnPurpose(command.program())) {
                lab.change(() -> lab.state().unknown.add(line));
            }
            throw new CommandNotFoundException(command.program());
        }
        Invocation call = new Invocation(lab, machine, args.subList(1, args.size()), command.stdin());
        if (onceKey == null && !Changing.changes(args)) {
            return lab.look(() -> runIn(boot, program.get(), call));
        }
        CommandResult result = lab.change(() -> once.remember(onceKey, runIn(boot, program.get(), call)));
        if (command.program().equals("systemctl") && CopytoolServices.concerns(args.getLast())) {
            copytools.settle();
        }
        return result;
    }

    /** A command does not survive its boot: what it waited for comes too late. */
    private CommandResult runIn(String boot, Program program, Invocation call) {
        if (!awake().equals(boot)) {
            throw new ServerDownException(machine.fqdn);
        }
        return program.run(call);
    }

    /** Identity of the present boot; fails without power. */
    private String awake() {
        return lab.look(() -> {
            if (!machine.poweredOn) {
                throw new ServerDownException(machine.fqdn);
            }
            return machine.bootId;
        });
    }

    @Override
    public Optional<String> read(Path file) {
        return files.read(file);
    }

    @Override
    public void write(Path file, String content, int mode) {
        files.write(file, content);
    }

    @Override
    public void delete(Path file) {
        files.delete(file);
    }

    @Override
    public void createDirectories(Path directory) {
        files.createDirectory(directory);
    }

    @Override
    public List<String> list(Path directory) {
        return files.list(directory);
    }

    @Override
    public boolean exists(Path file) {
        return files.exists(file);
    }

    @Override
    public Optional<Path> realPath(Path file) {
        return files.realPath(file);
    }

    @Override
    public void follow(Path fifo, OutputListener lines) throws InterruptedException {
        fifos.follow(fifo.toString(), lines);
    }

    /** Virtual kernels are silent. */
    @Override
    public List<JournalEntry> journal(int limit) {
        return List.of();
    }

    @Override
    public String bootId() {
        return lab.look(() -> machine.bootId);
    }

    @Override
    public Path stateDirectory() {
        return stateDirectory;
    }

    @Override
    public HostNames names() {
        return new HostNames(machine.fqdn, machine.nodename);
    }
}
