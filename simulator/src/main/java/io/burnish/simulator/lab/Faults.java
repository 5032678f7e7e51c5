package io.burnish.simulator.lab;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** What shall go wrong. */
public final class Faults {

    private final List<Active> active = new CopyOnWriteArrayList<>();

    /**
     * A fault.
     *
     * @param server fully qualified name; {@code null}: every server
     * @param match regular expression for the whole command line
     * @param rc exit status; {@code null}: the command runs, only later
     * @param stderr what it says
     * @param delayMillis how long it takes before
     * @param times how often; 0: until the fault is removed
     * @param killsAgent whether the agent dies when the command has done its work, before it hears of it, and is started again
     */
    public record Fault(
            String server, String match, Integer rc, String stderr, long delayMillis, int times, boolean killsAgent) {}

    private record Active(Fault fault, Pattern pattern, AtomicInteger left) {}

    /** Adds a fault. */
    public void add(Fault fault) {
        active.add(new Active(fault, Pattern.compile(fault.match()), new AtomicInteger(fault.times())));
    }

    /** Removes all. */
    public void clear() {
        active.clear();
    }

    /** The fault that hits a command, if any; it counts as used. */
    public Optional<Fault> hit(String server, String commandLine) {
        for (Active one : active) {
            boolean here = one.fault().server() == null || one.fault().server().equals(server);
            if (here && one.pattern().matcher(commandLine).matches()) {
                if (one.fault().times() == 0 || one.left().getAndDecrement() > 0) {
                    return Optional.of(one.fault());
                }
            }
        }
        return Optional.empty();
    }
}
