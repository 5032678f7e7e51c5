package io.burnish.host.fence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What became of the call of a fence agent. */
public sealed interface FenceResult {

    /** Exit status of an agent that succeeded; as answer to a query: there is power. */
    int ON = 0;

    /** Exit status of a query: there is no power. */
    int OFF = 2;

    /** The agent ended. Its output holds no password. */
    record Ended(int status, String stdout, String stderr) implements FenceResult {}

    /** The agent could not be run, or did not end in time. */
    record NotRun(String why) implements FenceResult {}

    /** Whether the agent did what it was called for. */
    default boolean ok() {
        return this instanceof Ended ended && ended.status() == 0;
    }

    /** The answer to a query (orchestration 13.1): on, off, or nothing that one can rely on. */
    default Optional<Boolean> power() {
        if (this instanceof Ended ended && (ended.status() == ON || ended.status() == OFF)) {
            return Optional.of(ended.status() == ON);
        }
        return Optional.empty();
    }

    /** The answer to a query of all outlets, lines {@code ID,NAME,ON}: outlets of which it says something, by identifier. */
    default Map<String, Boolean> powers() {
        Map<String, Boolean> powers = new HashMap<>();
        if (this instanceof Ended ended && ok()) {
            for (String line : ended.stdout().lines().toList()) {
                String[] parts = line.strip().split(",", -1);
                String state = parts[parts.length - 1].strip();
                if (parts.length >= 3 && (state.equalsIgnoreCase("ON") || state.equalsIgnoreCase("OFF"))) {
                    powers.put(parts[0].strip(), state.equalsIgnoreCase("ON"));
                }
            }
        }
        return powers;
    }

    /** Why it did not succeed: the end of a sentence. */
    default String why() {
        return switch (this) {
            case NotRun not -> not.why();
            case Ended ended -> {
                List<String> said = new ArrayList<>();
                (ended.stderr() + "\n" + ended.stdout())
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .limit(3)
                        .forEach(said::add);
                yield said.isEmpty() ? "the agent ended with status " + ended.status() : String.join(" ", said);
            }
        };
    }
}
