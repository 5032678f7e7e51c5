package io.burnish.standalone.suite;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.burnish.platform.postgres.PostgresOptions;
import io.burnish.platform.process.Ports;
import io.burnish.standalone.install.Installation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All of Burnish, running: PostgreSQL, Kafka, the seven services and the simulated cluster, each a process of its own.
 *
 * <p>A process that dies is started again and the user is told. All of them end with this JVM, whatever ends it.
 */
public final class Suite implements AutoCloseable {

    private static final Duration READY_LIMIT = Duration.ofMinutes(3);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(6);

    private final SuiteOptions options;
    private final DataDirectory data;
    private final SuitePorts ports;
    private final SuiteLog log;
    private final SuiteParts parts;
    private final Map<String, Supervised> supervised = new LinkedHashMap<>();
    private Duration readyAfter = Duration.ZERO;
    private boolean closed;

    private Suite(Installation installation, SuiteOptions options, DataDirectory data) throws IOException {
        this.options = options;
        this.data = data;
        this.ports = SuitePorts.assign(data.ports(), options.httpsPort());
        this.log = SuiteLog.open(data.log(), options.echo());
        this.parts = new SuiteParts(installation, options, data, ports, log);
    }

    /**
     * Starts everything and waits until all of it is ready.
     *
     * @throws IOException if something does not start; everything is ended then
     */
    public static Suite start(Installation installation, SuiteOptions options)
            throws IOException, InterruptedException {
        Suite suite = new Suite(installation, options, DataDirectory.take(options.data()));
        // a signal during the start ends what has been started
        Runtime.getRuntime().addShutdownHook(new Thread(suite::close, "end-suite"));
        try {
            suite.launch();
        } catch (IOException | InterruptedException | RuntimeException e) {
            suite.close();
            throw e;
        }
        return suite;
    }

    private void launch() throws IOException, InterruptedException {
        Instant begin = Instant.now();
        startPart(parts.kafka());
        startPart(new PostgresPart(
                PostgresOptions.durable(data.postgres(), ports.of(SuitePorts.POSTGRES))
                        .withLog(log.of("postgres")),
                Installation.services()));
        startPart(parts.simulator());
        String password = databasePassword();
        for (String service : Installation.services()) {
            startPart(parts.service(service, password));
        }
        writeProcesses();
        new Readiness().await(readinessUrls(), READY_LIMIT);
        readyAfter = Duration.between(begin, Instant.now());
    }

    private String databasePassword() throws IOException {
        return Files.readString(data.postgres().resolve("superuser.password")).strip();
    }

    /**
     * Starts another gateway on the same database, keys and services, with some settings of its own, and waits until it is ready.
     *
     * @param settings environment variables
     */
    public AnotherGateway anotherGateway(Map<String, String> settings) throws IOException, InterruptedException {
        List<Integer> free = Ports.free(2);
        Part part = parts.anotherGateway(databasePassword(), free.get(0), free.get(1), settings);
        return AnotherGateway.start(part, log.of("suite"), free.get(0), free.get(1));
    }

    private void startPart(Part part) throws IOException {
        Supervised one = new Supervised(part, options.stableAfter(), line -> {
            options.tell().accept(line);
            log.of("suite").accept(line);
            writeProcesses();
        });
        synchronized (supervised) {
            if (closed) {
                throw new IOException("the suite is ending");
            }
            supervised.put(part.name(), one);
        }
        one.start();
    }

    private Map<String, URI> readinessUrls() {
        Map<String, URI> urls = new LinkedHashMap<>();
        for (String service : Installation.services()) {
            urls.put(service, URI.create("http://127.0.0.1:" + ports.of(service) + "/q/health/ready"));
        }
        urls.put("simulator", simulator().resolve("/servers"));
        return urls;
    }

    private void writeProcesses() {
        try {
            Map<String, Long> pids = new LinkedHashMap<>();
            processes().forEach((name, process) -> pids.put(name, process.pid()));
            Files.writeString(
                    data.processes(),
                    new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(pids) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + data.processes(), e);
        }
    }

    /** The processes that run now, by name: the services' names, {@code postgres}, {@code kafka}, {@code simulator}. */
    public Map<String, ProcessHandle> processes() {
        Map<String, ProcessHandle> present = new LinkedHashMap<>();
        synchronized (supervised) {
            supervised.values().forEach(one -> one.process().ifPresent(process -> present.put(one.name(), process)));
        }
        return present;
    }

    /** How often each process was started again. */
    public Map<String, Integer> restarts() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        synchronized (supervised) {
            supervised.values().forEach(one -> counts.put(one.name(), one.restarts()));
        }
        return counts;
    }

    /** Waits until every service answers that it is ready. */
    public void awaitReady(Duration limit) throws IOException, InterruptedException {
        new Readiness().await(readinessUrls(), limit);
    }

    /** The gateway, with a slash at the end. */
    public URI url() {
        return URI.create("https://localhost:" + ports.of(SuitePorts.HTTPS) + "/");
    }

    /** A service's internal address. */
    public URI serviceUrl(String service) {
        return URI.create("http://127.0.0.1:" + ports.of(service) + "/");
    }

    /** Where Kafka listens. */
    public String kafka() {
        return "127.0.0.1:" + ports.of(SuitePorts.KAFKA);
    }

    /** The control interface of the simulated cluster. */
    public URI simulator() {
        return URI.create("http://127.0.0.1:" + ports.of(SuitePorts.SIMULATOR) + "/");
    }

    /** The certificate to trust. */
    public Path authority() {
        return data.authority();
    }

    /** What the installation keeps. */
    public DataDirectory data() {
        return data;
    }

    /**
     * Password of {@code admin}: the generated one, or the configured one.
     *
     * @throws IOException if it was configured at the first start and is not now: then nobody but the administrator knows it
     */
    public String adminPassword() throws IOException {
        if (Files.exists(data.adminPassword())) {
            return Files.readString(data.adminPassword()).strip();
        }
        String configured = options.environment().getOrDefault("BURNISH_ADMIN_PASSWORD", "");
        if (configured.isEmpty()) {
            throw new IOException("The password of admin was set with BURNISH_ADMIN_PASSWORD when " + data.root()
                    + " was first used. Set it again.");
        }
        return configured;
    }

    /** From the start of the first process until all were ready. */
    public Duration readyAfter() {
        return readyAfter;
    }

    /** Bytes resident in all processes together, with this one. */
    public long residentBytes() {
        List<ProcessHandle> all = new ArrayList<>(processes().values());
        all.add(ProcessHandle.current());
        return ResidentMemory.of(all);
    }

    /** Ends everything: services and servers first, then Kafka and PostgreSQL, within 15 s. */
    @Override
    public void close() {
        List<Supervised> users = new ArrayList<>();
        List<Supervised> base = new ArrayList<>();
        synchronized (supervised) {
            if (closed) {
                return;
            }
            closed = true;
            for (Supervised one : supervised.values()) {
                (List.of("postgres", "kafka").contains(one.name()) ? base : users).add(one);
            }
        }
        stopAll(users);
        stopAll(base);
        try {
            Files.deleteIfExists(data.processes());
            log.close();
            data.close();
        } catch (IOException e) {
            options.tell().accept("while ending: " + e.getMessage());
        }
    }

    private static void stopAll(List<Supervised> some) {
        List<Thread> stopping = some.stream()
                .map(one -> Thread.ofPlatform().start(() -> one.stop(STOP_PATIENCE)))
                .toList();
        for (Thread thread : stopping) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
