package io.burnish.standalone.suite;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How to run a suite.
 *
 * @param data what outlives the run
 * @param httpsPort the gateway's port; 0: a free one
 * @param echo whether the merged log also goes to standard output
 * @param environment settings for every process on top of the suite's own, for example {@code BURNISH_ADMIN_PASSWORD}
 * @param tell receives what a user should see, line by line
 * @param stableAfter a process that has lived for so long is started again at once when it dies; one that dies earlier waits longer every
 *     time
 */
public record SuiteOptions(
        Path data,
        int httpsPort,
        boolean echo,
        Map<String, String> environment,
        Consumer<String> tell,
        Duration stableAfter) {

    /** How long a process has to live unless something else is said. */
    public static final Duration STABLE_AFTER = Duration.ofMinutes(1);

    public SuiteOptions {
        environment = Map.copyOf(environment);
    }

    /** A suite on a directory, on a free port, silent. */
    public static SuiteOptions on(Path data) {
        return new SuiteOptions(data, 0, false, Map.of(), line -> {}, STABLE_AFTER);
    }

    /** The same with one more setting for every process. */
    public SuiteOptions with(String name, String value) {
        Map<String, String> more = new java.util.HashMap<>(environment);
        more.put(name, value);
        return new SuiteOptions(data, httpsPort, echo, more, tell, stableAfter);
    }

    /** The same with another receiver of messages. */
    public SuiteOptions telling(Consumer<String> receiver) {
        return new SuiteOptions(data, httpsPort, echo, environment, receiver, stableAfter);
    }

    /** The same with another bound for {@link #stableAfter}. */
    public SuiteOptions stableAfter(Duration life) {
        return new SuiteOptions(data, httpsPort, echo, environment, tell, life);
    }
}
