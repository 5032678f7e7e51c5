package io.burnish.simulator.ssh;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.agent.AgentVersion;
import io.burnish.agent.config.ConfigStore;
import io.burnish.agent.registration.Registration;
import io.burnish.agent.registration.RegistrationException;
import io.burnish.agent.system.CommandLine;
import io.burnish.agent.system.CommandNotFoundException;
import io.burnish.agent.system.CommandResult;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.agent.RegistrationReply;
import io.burnish.simulator.server.Rack;
import io.burnish.simulator.server.VirtualServer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What an administrator or an installer can call on a virtual server, besides the programs that the agent uses. */
final class ShellCommands {

    /** Their effect is on files that nobody looks at. */
    private static final Set<String> NOTHING =
            Set.of("set", "umask", "date", "mkdir", "rm", "tar", "sh", "chmod", "true", ":");

    private final VirtualServer server;
    private final Rack rack;
    private final Vertx vertx;

    ShellCommands(VirtualServer server, Rack rack, Vertx vertx) {
        this.server = server;
        this.rack = rack;
        this.vertx = vertx;
    }

    VirtualShell.Output run(List<String> words, String stdin) throws InterruptedException {
        String program = words.getFirst();
        if (NOTHING.contains(program)) {
            return new VirtualShell.Output(0, "", "");
        }
        String line = String.join(" ", words);
        return switch (program) {
            case "cat" -> words.size() == 1 ? ok(stdin) : cat(words.getLast());
            case "echo" -> ok(String.join(" ", words.subList(1, words.size())) + "\n");
            case "hostname" -> ok((words.contains("-f") ? server.machine().fqdn : server.machine().nodename) + "\n");
            case "curl" -> Curl.run(server, words);
            case "/usr/sbin/burnish-agent", "burnish-agent" -> register(words);
            default -> line.contains("chroma-agent") ? agentService(words) : machine(words);
        };
    }

    void write(String file, String text) {
        if (!file.equals("/dev/null")) {
            server.write(Path.of(file), text, 0600);
        }
    }

    private static VirtualShell.Output ok(String text) {
        return new VirtualShell.Output(0, text, "");
    }

    private VirtualShell.Output cat(String file) {
        return server.read(Path.of(file))
                .map(ShellCommands::ok)
                .orElseGet(() -> new VirtualShell.Output(1, "", "cat: " + file + ": No such file or directory\n"));
    }

    private VirtualShell.Output agentService(List<String> words) {
        String fqdn = server.machine().fqdn;
        switch (words.get(1)) {
            case "stop" -> rack.stopAgent(fqdn);
            case "start", "restart" -> rack.restartAgent(fqdn);
            default -> {
                // enabling changes nothing that can be seen here
            }
        }
        return ok("");
    }

    private VirtualShell.Output machine(List<String> words) throws InterruptedException {
        try {
            CommandResult result = server.run(CommandLine.of(words));
            return new VirtualShell.Output(result.rc(), result.stdout(), result.stderr());
        } catch (CommandNotFoundException e) {
            return new VirtualShell.Output(127, "", "sh: " + words.getFirst() + ": command not found\n");
        }
    }

    /** The real agent's registration, on the virtual machine. */
    private VirtualShell.Output register(List<String> words) throws InterruptedException {
        try {
            Registration.Order order = new Registration.Order(
                    URI.create(after(words, "--url")),
                    after(words, "--secret"),
                    server.read(Path.of(after(words, "--ca-file"))).orElseThrow(),
                    null);
            JsonNode profile = ContractJson.read(
                    server.read(Path.of(after(words, "--profile"))).orElseThrow(), JsonNode.class);
            RegistrationReply reply = new Registration(server, vertx, AgentVersion.current()).register(order);
            new ConfigStore(server).put(ConfigStore.Section.SETTINGS, "profile", profile);
            return ok(ContractJson.text(Map.of("host_id", reply.hostId(), "command_id", reply.commandId())) + "\n");
        } catch (RegistrationException | IOException e) {
            return new VirtualShell.Output(1, "", "burnish-agent: " + e.getMessage() + "\n");
        }
    }

    private static String after(List<String> words, String option) {
        return words.get(words.indexOf(option) + 1);
    }
}
