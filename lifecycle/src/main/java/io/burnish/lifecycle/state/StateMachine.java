package io.burnish.lifecycle.state;

import io.burnish.lifecycle.job.JobType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The states of a type and the jobs that lead from one to another (orchestration 2.1, 2.2).
 *
 * <p>A route is a path with the fewest hops; among equal ones the edges declared first win. Routes are computed once.
 */
public final class StateMachine {

    /** One edge on a route. */
    public record Hop(String from, String to, JobType job) {}

    private final String name;
    private final Set<String> states;
    private final Map<String, Map<String, List<Hop>>> routes = new HashMap<>();

    /**
     * A machine.
     *
     * @param name class text in messages
     * @param states all states; the first is the initial one
     * @param transitions jobs in order of precedence; the first job that claims an edge has it
     */
    public StateMachine(String name, List<String> states, List<JobType> transitions) {
        this.name = name;
        this.states = new LinkedHashSet<>(states);
        Map<String, Map<String, Hop>> edges = new HashMap<>();
        for (JobType job : transitions) {
            for (String from : job.from()) {
                edges.computeIfAbsent(from, f -> new LinkedHashMap<>())
                        .putIfAbsent(job.to(), new Hop(from, job.to(), job));
            }
        }
        states.forEach(state -> routes.put(state, routesFrom(state, edges)));
    }

    private static Map<String, List<Hop>> routesFrom(String start, Map<String, Map<String, Hop>> edges) {
        Map<String, List<Hop>> found = new LinkedHashMap<>();
        found.put(start, List.of());
        Deque<String> queue = new ArrayDeque<>(List.of(start));
        while (!queue.isEmpty()) {
            String state = queue.poll();
            for (Hop hop : edges.getOrDefault(state, Map.of()).values()) {
                if (!found.containsKey(hop.to())) {
                    List<Hop> route = new ArrayList<>(found.get(state));
                    route.add(hop);
                    found.put(hop.to(), List.copyOf(route));
                    queue.add(hop.to());
                }
            }
        }
        return found;
    }

    /** Class text in messages. */
    public String name() {
        return name;
    }

    /** All states. */
    public Set<String> states() {
        return states;
    }

    /** States that can be reached from a state, without it, nearest first. */
    public List<String> reachable(String from) {
        return routes.getOrDefault(from, Map.of()).keySet().stream()
                .filter(state -> !state.equals(from))
                .toList();
    }

    /** The way from one state to another; empty if there is none. */
    public Optional<List<Hop>> route(String from, String to) {
        return Optional.ofNullable(routes.getOrDefault(from, Map.of()).get(to));
    }
}
