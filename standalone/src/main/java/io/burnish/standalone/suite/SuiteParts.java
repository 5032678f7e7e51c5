package io.burnish.standalone.suite;

import io.burnish.platform.process.Executables;
import io.burnish.standalone.install.Installation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The command lines and environments of the suite's processes: what an administrator of a cluster would configure by hand. */
final class SuiteParts {

    /** One small heap per process: the whole suite stays below 4 GB. C2 stays on, so that measured figures are real ones. */
    private static final List<String> SMALL_JVM = List.of(
            "-XX:+UseSerialGC",
            "-XX:MaxRAM=1g",
            "-Xss512k",
            "-XX:ReservedCodeCacheSize=96m",
            "-XX:+ExitOnOutOfMemoryError",
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED");

    /** Room for some hundred answers at once: a smaller young generation is collected after every tenth, which costs a fifth of the time. */
    private static final List<String> SERVICE_HEAP = List.of("-Xmx192m", "-Xmn40m");

    private final Installation installation;
    private final SuiteOptions options;
    private final DataDirectory data;
    private final SuitePorts ports;
    private final SuiteLog log;

    SuiteParts(Installation installation, SuiteOptions options, DataDirectory data, SuitePorts ports, SuiteLog log) {
        this.installation = installation;
        this.options = options;
        this.data = data;
        this.ports = ports;
        this.log = log;
    }

    Part kafka() {
        List<String> command = jvm(List.of("-Xmx224m"));
        command.addAll(List.of("-cp", installation.platformClassPath()));
        command.addAll(List.of("io.burnish.platform.app.PlatformMain", "kafka"));
        command.addAll(List.of("--data", data.kafka().toString()));
        command.addAll(List.of("--port", text(SuitePorts.KAFKA)));
        command.addAll(List.of("--controller-port", text(SuitePorts.KAFKA_CONTROLLER)));
        return part("kafka", command, Map.of());
    }

    Part simulator() {
        List<String> command = jvm(List.of("-Xmx160m"));
        command.add("-Djava.util.logging.SimpleFormatter.format=%1$tF %1$tT,%1$tL %4$s %5$s%6$s%n");
        command.addAll(List.of("-cp", installation.simulatorClassPath(), "io.burnish.simulator.SimulatorMain"));
        Map<String, String> environment = new HashMap<>();
        environment.put("BURNISH_SIM_DATA", data.simulator().toString());
        environment.put("BURNISH_SIM_PORT", text(SuitePorts.SIMULATOR));
        environment.put("BURNISH_PUBLIC_URL", publicUrl());
        return part("simulator", command, environment);
    }

    Part service(String name, String databasePassword) {
        List<String> command = jvm(SERVICE_HEAP);
        command.addAll(List.of("-jar", installation.service(name).toString()));
        Map<String, String> environment = common(databasePassword);
        environment.put("BURNISH_HTTP_PORT", text(name));
        switch (name) {
            case "gateway" -> environment.put("BURNISH_HTTPS_PORT", text(SuitePorts.HTTPS));
            case "host-service" -> {
                environment.put("BURNISH_HUB_PORT", text(SuitePorts.HUB));
                environment.put("BURNISH_HUB_URL", "wss://localhost:" + text(SuitePorts.HUB) + "/agent/channel");
                environment.put(
                        "BURNISH_AGENT_PACKAGE", installation.agentPackage().toString());
                // simulated servers do not fetch anything
                environment.put("BURNISH_REPOSITORY_URL", "https://packages.lab.example/");
                environment.put(
                        "BURNISH_SSH_HOSTS_FILE",
                        data.simulator().resolve("ssh-hosts.json").toString());
                environment.put(
                        "BURNISH_FENCE_AGENTS",
                        data.simulator().resolve("fence-agents").toString());
                // simulated units mind nothing
                environment.put("BURNISH_POWER_CHECK_INTERVAL", "PT5S");
            }
            default -> {
                // nothing of its own
            }
        }
        return part(name, command, environment);
    }

    /** A gateway beside the suite's own, on ports of its own. */
    Part anotherGateway(String databasePassword, int httpPort, int httpsPort, Map<String, String> settings) {
        List<String> command = jvm(SERVICE_HEAP);
        command.addAll(List.of("-jar", installation.service("gateway").toString()));
        Map<String, String> environment = common(databasePassword);
        environment.put("BURNISH_HTTP_PORT", Integer.toString(httpPort));
        environment.put("BURNISH_HTTPS_PORT", Integer.toString(httpsPort));
        environment.putAll(settings);
        return part("another-gateway", command, environment);
    }

    private Map<String, String> common(String databasePassword) {
        Map<String, String> environment = new HashMap<>();
        environment.put("BURNISH_HTTP_HOST", "127.0.0.1");
        environment.put("BURNISH_DB_HOST", "127.0.0.1");
        environment.put("BURNISH_DB_PORT", text(SuitePorts.POSTGRES));
        environment.put("BURNISH_DB_PASSWORD", databasePassword);
        environment.put("BURNISH_KAFKA", "127.0.0.1:" + text(SuitePorts.KAFKA));
        environment.put("BURNISH_PKI_DIR", data.pki().toString());
        environment.put("BURNISH_PUBLIC_URL", publicUrl());
        for (String service : Installation.services()) {
            String variable = "BURNISH_" + service.toUpperCase(Locale.ROOT).replace('-', '_') + "_URL";
            environment.put(variable, "http://127.0.0.1:" + text(service));
        }
        environment.put("BURNISH_GATEWAY_URL", "http://127.0.0.1:" + text("gateway"));
        return environment;
    }

    private String publicUrl() {
        return "https://localhost:" + text(SuitePorts.HTTPS) + "/";
    }

    private String text(String port) {
        return Integer.toString(ports.of(port));
    }

    private static List<String> jvm(List<String> heap) {
        List<String> command = new ArrayList<>();
        command.add(Executables.java().toString());
        command.addAll(heap);
        command.addAll(SMALL_JVM);
        return command;
    }

    private Part part(String name, List<String> command, Map<String, String> own) {
        Map<String, String> environment = new HashMap<>(own);
        environment.putAll(options.environment());
        Path directory = data.root();
        return new JavaPart(name, command, environment, directory, log.of(name));
    }
}
