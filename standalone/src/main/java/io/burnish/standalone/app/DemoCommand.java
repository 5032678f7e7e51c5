package io.burnish.standalone.app;

import io.burnish.standalone.client.ApiClient;
import io.burnish.standalone.client.ApiException;
import io.burnish.standalone.install.Installation;
import io.burnish.standalone.suite.Suite;
import io.burnish.standalone.suite.SuiteOptions;
import io.burnish.standalone.tour.Tour;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code burnish demo}: everything on this machine with a simulated cluster, until Ctrl-C. */
@Command(
        name = "demo",
        description = "Runs Burnish with a simulated cluster of four servers, until Ctrl-C.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

    /** Root's password on the simulated servers, which exist on the loopback address only. */
    private static final String SERVER_PASSWORD = "lustre";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "burnish-data",
            description = "Where everything is kept (default: ${DEFAULT-VALUE}).")
    private Path data;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8443",
            description = "Port of the API (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--empty", description = "Without the tour: add no servers, create nothing.")
    private boolean empty;

    @Option(names = "--logs", description = "Also print the log of all processes.")
    private boolean logs;

    @Override
    public Integer call() throws IOException, InterruptedException {
        System.out.println("Starting PostgreSQL, Kafka, the services and four simulated servers.");
        SuiteOptions options =
                new SuiteOptions(data, port, logs, environment(), System.out::println, SuiteOptions.STABLE_AFTER);
        Suite suite = Suite.start(Installation.present(), options);
        System.out.printf("Ready after %.1f s.%n", suite.readyAfter().toMillis() / 1000.0);
        if (!empty) {
            tour(suite);
        }
        announce(suite);
        new CountDownLatch(1).await();
        return 0;
    }

    /** A tour that fails ends nothing: the user wants to look at what happened. */
    private static void tour(Suite suite) throws IOException {
        try {
            new Tour(login(suite), SERVER_PASSWORD, System.out, System.console() != null).run();
        } catch (ApiException e) {
            System.out.println("The tour stopped: " + e.getMessage());
        }
    }

    private static ApiClient login(Suite suite) throws IOException {
        return new ApiClient(suite.url(), suite.authority()).login("admin", suite.adminPassword());
    }

    private static Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        Optional.ofNullable(System.getenv("BURNISH_ADMIN_PASSWORD"))
                .filter(password -> !password.isEmpty())
                .ifPresent(password -> environment.put("BURNISH_ADMIN_PASSWORD", password));
        return environment;
    }

    private static void announce(Suite suite) throws IOException {
        System.out.printf(
                """

                Burnish is running.
                  URL             %s
                  user            admin
                  password        %s
                  CA certificate  %s
                  log             %s
                  ready after     %.1f s
                  memory          %d MB resident in all processes
                Ctrl-C ends it.
                """,
                suite.url(),
                suite.adminPassword(),
                suite.authority(),
                suite.data().log(),
                suite.readyAfter().toMillis() / 1000.0,
                suite.residentBytes() >> 20);
    }
}
