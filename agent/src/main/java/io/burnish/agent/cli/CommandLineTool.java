package io.burnish.agent.cli;

import io.burnish.agent.AgentVersion;
import io.burnish.agent.config.ConfigStore;
import io.burnish.agent.config.ConfigStore.Section;
import io.burnish.agent.copytool.CopytoolMonitor;
import io.burnish.agent.registration.RegistrationException;
import io.burnish.agent.system.HostSystem;
import io.burnish.agent.system.linux.LinuxHostSystem;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Commands of the program {@code burnish-agent}; exit status 0 is success, 2 a command line that is not understood. */
public final class CommandLineTool {

    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);
    private static final String STATE_DIRECTORY = "BURNISH_AGENT_STATE";
    private static final String DEFAULT_STATE_DIRECTORY = "/var/lib/chroma";
    private static final String HELP = """
            usage: burnish-agent COMMAND
              run                       the agent itself, in the foreground
              register --url https://MANAGER/ --secret SECRET --ca-file FILE [--address ADDRESS] [--profile JSON|FILE]
                                        register this server; prints {"host_id": N, "command_id": M}
              deregister                forget the manager
              version                   print the version
              action NAME [--ARGUMENT VALUE …]
                                        run one action on this server
              copytool-monitor ID       relay events of a copytool to the manager
              fence [-o ACTION -n NODE] fence a node of the cluster; without options they are read from standard input
            """;

    private CommandLineTool() {}

    /** Runs one command and returns the exit status. */
    public static int run(String[] args) {
        List<String> words = Arrays.asList(args);
        if (words.isEmpty()) {
            System.err.print(HELP);
            return USAGE;
        }
        try {
            return dispatch(words.getFirst(), words.subList(1, words.size()));
        } catch (Options.UsageException e) {
            System.err.println("burnish-agent: " + e.getMessage());
            System.err.print(HELP);
            return USAGE;
        } catch (RegistrationException e) {
            System.err.println("burnish-agent: " + e.getMessage());
            return FAILED;
        } catch (IOException e) {
            System.err.println("burnish-agent: " + e);
            return FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FAILED;
        }
    }

    private static int dispatch(String command, List<String> rest) throws IOException, InterruptedException {
        return switch (command) {
            case "version" -> {
                System.out.println(AgentVersion.current());
                yield 0;
            }
            case "run" -> new RunCommand(host()).run();
            case "register" -> new RegisterCommand(host()).run(Options.parse(rest));
            case "deregister" -> {
                new ConfigStore(host()).remove(Section.SETTINGS, "server");
                yield 0;
            }
            case "action" -> new LocalCommand(host()).run(Options.parse(rest));
            case "copytool-monitor" -> monitor(Options.parse(rest));
            case "fence" -> new FenceCommand(host()).run(rest);
            default -> throw new Options.UsageException("unknown command '" + command + "'");
        };
    }

    private static int monitor(Options options) throws IOException, InterruptedException {
        if (options.words().size() != 1) {
            throw new Options.UsageException("which copytool?");
        }
        Vertx vertx = SmallVertx.create();
        // SIGTERM lets it send what it has read
        Thread monitor = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(monitor)));
        try {
            return CopytoolMonitor.run(host(), vertx, options.words().getFirst());
        } finally {
            vertx.close();
        }
    }

    private static void end(Thread monitor) {
        monitor.interrupt();
        try {
            monitor.join(LAST_WORDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static HostSystem host() throws IOException {
        return new LinuxHostSystem(Path.of(System.getenv().getOrDefault(STATE_DIRECTORY, DEFAULT_STATE_DIRECTORY)));
    }
}
