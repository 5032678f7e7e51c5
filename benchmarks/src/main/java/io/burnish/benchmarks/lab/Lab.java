package io.burnish.benchmarks.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.burnish.platform.postgres.PostgresAddress;
import io.burnish.standalone.client.ApiClient;
import io.burnish.standalone.client.ApiException;
import io.burnish.standalone.install.Installation;
import io.burnish.standalone.suite.Suite;
import io.burnish.standalone.suite.SuiteOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A suite that runs. The data stay where they are when it is closed: a {@link Workspace} removes them. */
public final class Lab implements AutoCloseable {

    private static final String SUPERUSER = "burnish";
    private static final int LOGINS = 6;

    private final Suite suite;
    private final JsonNode ports;

    private Lab(Suite suite) throws IOException {
        this.suite = suite;
        this.ports = new ObjectMapper().readTree(suite.data().ports().toFile());
    }

    /**
     * Starts the suite of the installation that is present.
     *
     * @param environment settings for every process
     * @throws IOException if it does not become ready
     */
    public static Lab start(Path data, Map<String, String> environment) throws IOException, InterruptedException {
        SuiteOptions options = SuiteOptions.on(data);
        for (Map.Entry<String, String> setting : environment.entrySet()) {
            options = options.with(setting.getKey(), setting.getValue());
        }
        return new Lab(Suite.start(Installation.present(), options));
    }

    /** The suite. */
    public Suite suite() {
        return suite;
    }

    /** A session of the administrator. A busy machine may need several tries to answer in time. */
    public ApiClient login() throws IOException {
        for (int left = LOGINS; ; left--) {
            try {
                return new ApiClient(suite.url(), suite.authority()).login("admin", suite.adminPassword());
            } catch (ApiException e) {
                if (e.status() != 0 || left == 1) {
                    throw e;
                }
            }
        }
    }

    /** The databases. */
    public PostgresAddress postgres() throws IOException {
        Path password = suite.data().postgres().resolve("superuser.password");
        return new PostgresAddress(
                "127.0.0.1",
                ports.path("postgres").asInt(),
                SUPERUSER,
                Files.readString(password).strip());
    }

    /** Bootstrap servers. */
    public String kafka() {
        return "127.0.0.1:" + ports.path("kafka").asInt();
    }

    /** All processes of the suite, and this one as {@code benchmark}. */
    public Map<String, ProcessHandle> processes() {
        Map<String, ProcessHandle> all = new LinkedHashMap<>(suite.processes());
        all.put("benchmark", ProcessHandle.current());
        return all;
    }

    /**
     * A figure of processes that died and were started again means nothing.
     *
     * @throws IllegalStateException if there were any
     */
    public void requireNoRestarts() {
        List<String> restarted = suite.restarts().entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .map(Map.Entry::getKey)
                .toList();
        if (!restarted.isEmpty()) {
            throw new IllegalStateException(
                    "started again while it was measured: " + restarted.stream().collect(Collectors.joining(", "))
                            + "; see " + suite.data().log());
        }
    }

    @Override
    public void close() {
        suite.close();
    }
}
