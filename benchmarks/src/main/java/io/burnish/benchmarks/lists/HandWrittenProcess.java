package io.burnish.benchmarks.lists;

import io.burnish.platform.postgres.PostgresAddress;
import io.burnish.platform.process.BoundProcess;
import io.burnish.platform.process.DeathSignal;
import io.burnish.platform.process.Executables;
import io.burnish.platform.process.Ports;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@link HandWrittenServer}, running. */
final class HandWrittenProcess implements AutoCloseable {

    /** As the suite gives them to a service. */
    private static final List<String> FLAGS = List.of(
            "-Xmx192m",
            "-Xmn40m",
            "-XX:+UseSerialGC",
            "-XX:MaxRAM=1g",
            "-Xss512k",
            "-XX:ReservedCodeCacheSize=96m",
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED");

    private final Process process;
    private final int port;

    private HandWrittenProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static HandWrittenProcess start(PostgresAddress postgres, OfferTexts offers) throws IOException {
        int port = Ports.free(1).getFirst();
        List<String> command = new ArrayList<>();
        command.add(Executables.java().toString());
        command.addAll(FLAGS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), HandWrittenServer.class.getName()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        HandWrittenServer.HTTP_PORT, Integer.toString(port),
                        HandWrittenServer.DATABASE_PORT, Integer.toString(postgres.port()),
                        HandWrittenServer.DATABASE_USER, postgres.user(),
                        HandWrittenServer.DATABASE_PASSWORD, postgres.password(),
                        HandWrittenServer.OFFERS, offers.toString()));
        Process process = BoundProcess.start(builder, DeathSignal.KILL);
        StringBuilder said = new StringBuilder();
        BufferedReader output = process.inputReader();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.equals("READY")) {
                return new HandWrittenProcess(process, port);
            }
            said.append(line).append('\n');
        }
        throw new IOException("the hand-written server did not start: " + said);
    }

    int port() {
        return port;
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
