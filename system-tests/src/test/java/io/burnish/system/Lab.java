package io.burnish.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.burnish.standalone.client.ApiClient;
import io.burnish.standalone.client.ApiException;
import io.burnish.standalone.client.CommandWatch;
import io.burnish.standalone.install.Installation;
import io.burnish.standalone.suite.Suite;
import io.burnish.standalone.suite.SuiteOptions;
import io.burnish.standalone.tour.Tour;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** One running suite with four servers for all tests of the JVM; each test leaves no file system behind. */
final class Lab {

    static final Duration LIMIT = Duration.ofMinutes(4);
    static final String SERVER_PASSWORD = "lustre";
    private static final String FAILPOINTS = "failpoints";

    private static Lab present;

    /** Where the suite's mail about alerts goes. */
    private static final GreenMail MAIL = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    private Suite suite;
    private ApiClient client;
    private Simulator simulator;

    private Lab(Suite suite) throws IOException {
        use(suite);
    }

    private void use(Suite started) throws IOException {
        suite = started;
        client = newClient();
        simulator = new Simulator(suite.simulator());
    }

    /** Ends everything and starts it again on the same data, with one more setting. */
    void restart(String setting, String value) throws IOException, InterruptedException {
        suite.close();
        use(Suite.start(Installation.present(), options(suite.data().root()).with(setting, value)));
    }

    /** The lab; built on first use. */
    static synchronized Lab open() {
        if (present == null) {
            try {
                MAIL.start();
                present = new Lab(Suite.start(Installation.present(), options(freshData())));
                present.tour().addServers();
                present.tour().awaitVolumes();
            } catch (IOException e) {
                throw new IllegalStateException("the suite did not start", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while the suite started", e);
            }
        }
        return present;
    }

    private static SuiteOptions options(Path data) {
        return SuiteOptions.on(data)
                .stableAfter(Duration.ofSeconds(5))
                .with("BURNISH_FAILPOINTS", data.resolve(FAILPOINTS).toString())
                // requests that were broken off by a kill are repeated, however long a restart takes
                .with("BURNISH_FILESYSTEM_ABANDONED_AFTER", "PT5M")
                .with("BURNISH_SMTP_HOST", "127.0.0.1")
                .with("BURNISH_SMTP_PORT", Integer.toString(MAIL.getSmtp().getPort()))
                .with("BURNISH_SMTP_SECURITY", "none")
                .with("BURNISH_MAIL_GATHER", "PT0.5S");
    }

    /** Where the services look for failpoints. */
    Path failpoints() {
        return suite.data().root().resolve(FAILPOINTS);
    }

    /** Subjects of the mails to an address, in the order of their arrival. */
    List<String> mailsTo(String address) {
        List<String> subjects = new ArrayList<>();
        for (MimeMessage mail : MAIL.getReceivedMessages()) {
            try {
                if (mail.getHeader("To")[0].contains(address)) {
                    subjects.add(mail.getSubject());
                }
            } catch (MessagingException e) {
                throw new AssertionError(e);
            }
        }
        return subjects;
    }

    private static Path freshData() throws IOException {
        Path data = Path.of("target/suite-data").toAbsolutePath();
        if (Files.exists(data)) {
            try (Stream<Path> all = Files.walk(data)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        return data;
    }

    Suite suite() {
        return suite;
    }

    ApiClient client() {
        return client;
    }

    /** Another session of the administrator. */
    ApiClient newClient() throws IOException {
        return new ApiClient(suite.url(), suite.authority()).login("admin", suite.adminPassword());
    }

    Simulator simulator() {
        return simulator;
    }

    Tour tour() {
        return new Tour(client, SERVER_PASSWORD, new PrintStream(System.out, true), false);
    }

    /** Objects of a list. */
    List<JsonNode> objects(String path) {
        List<JsonNode> found = new ArrayList<>();
        client.get(path).orThrow("GET " + path).path("objects").forEach(found::add);
        return found;
    }

    /** One object; an exception unless there is exactly one. */
    JsonNode only(String path) {
        List<JsonNode> found = objects(path);
        if (found.size() != 1) {
            throw new ApiException(path + " has " + found.size() + " objects", 0);
        }
        return found.getFirst();
    }

    /** Body that creates a file system on unused volumes, whatever an earlier test has left on them. */
    Map<String, Object> filesystemBody(String name) {
        Map<String, Object> body = new HashMap<>(Tour.filesystem(name, tour().unused()));
        body.replaceAll((key, value) -> value instanceof List<?> parts
                ? parts.stream().map(Lab::overwriting).toList()
                : key.equals("mgt") ? overwriting(value) : value);
        return body;
    }

    private static Object overwriting(Object part) {
        Map<Object, Object> target = new HashMap<>((Map<?, ?>) part);
        target.put("reformat", true);
        return target;
    }

    /** Asks for a file system; returns the reply's body with {@code command} and {@code filesystem}. */
    JsonNode createFilesystem(String name) {
        return client.post("/api/filesystem/", filesystemBody(name)).orThrow("creating " + name);
    }

    /** Waits for the end of a command, whatever it is. */
    CommandWatch.Progress await(JsonNode command) {
        return await(command, progress -> {});
    }

    CommandWatch.Progress await(JsonNode command, Consumer<CommandWatch.Progress> watcher) {
        return new CommandWatch(client).await(command.path("id").asLong(), LIMIT, watcher);
    }

    /** Waits for the end of a command and insists that it ended well. */
    void succeed(JsonNode command) {
        CommandWatch.Progress end = await(command);
        if (!end.succeeded()) {
            throw new AssertionError("'%s' has %s: %s".formatted(end.message(), end.state(), end.failures()));
        }
    }

    /** Asks an object for a state; the command of the reply. */
    JsonNode put(String uri, String state) {
        return client.put(uri, Map.of("state", state))
                .orThrow("PUT " + uri + " " + state)
                .path("command");
    }

    /** Removes all file systems, then their MGTs, so that all volumes are unused again. */
    void removeFilesystems() {
        for (JsonNode filesystem : objects("/api/filesystem/?limit=0")) {
            succeed(client.delete(filesystem.path("resource_uri").asText())
                    .orThrow("DELETE the file system")
                    .path("command"));
        }
        for (JsonNode mgt : objects("/api/target/?kind=MGT&limit=0")) {
            succeed(client.delete(mgt.path("resource_uri").asText())
                    .orThrow("DELETE the MGT")
                    .path("command"));
        }
    }

    /** Jobs of a command, ascending by id. */
    List<JsonNode> jobs(JsonNode command) {
        List<JsonNode> jobs = new ArrayList<>();
        client.get("/api/command/" + command.path("id").asLong() + "/")
                .orThrow("the command")
                .path("jobs")
                .forEach(uri -> jobs.add(client.get(uri.asText()).orThrow("GET " + uri)));
        jobs.sort(Comparator.comparingLong(job -> job.path("id").asLong()));
        return jobs;
    }
}
