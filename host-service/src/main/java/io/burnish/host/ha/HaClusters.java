package io.burnish.host.ha;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The groups of servers that can take over each other's targets: the maximal sets of mutually linked peers (API contract, core 2.19).
 * A link that only one of two servers reports does not count. Servers without peers are in no cluster.
 */
public final class HaClusters {

    private final Map<Long, Set<Long>> links;

    private HaClusters(Map<Long, Set<Long>> links) {
        this.links = links;
    }

    /**
     * The clusters of some servers.
     *
     * @param peers what each server reports as its peers
     */
    public static HaClusters of(Map<Long, ? extends Set<Long>> peers) {
        Map<Long, Set<Long>> links = new TreeMap<>();
        peers.forEach((server, reported) -> {
            Set<Long> mutual = new TreeSet<>();
            for (Long peer : reported) {
                Set<Long> back = peers.get(peer);
                if (!peer.equals(server) && back != null && back.contains(server)) {
                    mutual.add(peer);
                }
            }
            if (!mutual.isEmpty()) {
                links.put(server, mutual);
            }
        });
        return new HaClusters(links);
    }

    /** Whether two different servers are in one cluster. */
    public boolean together(long one, long other) {
        return links.getOrDefault(one, Set.of()).contains(other);
    }

    /** Whether all these servers are in one cluster; a single server needs none. */
    public boolean together(Set<Long> servers) {
        for (long one : servers) {
            for (long other : servers) {
                if (one != other && !together(one, other)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** All clusters, in the order of their smallest ids. */
    public List<SortedSet<Long>> clusters() {
        List<SortedSet<Long>> cliques = new ArrayList<>();
        extend(new TreeSet<>(), new TreeSet<>(links.keySet()), new HashSet<>(), cliques);
        cliques.removeIf(clique -> clique.size() < 2);
        cliques.sort(
                Comparator.<SortedSet<Long>>comparingLong(SortedSet::first).thenComparing(clique -> clique.toString()));
        return cliques;
    }

    /**
     * Bron and Kerbosch's search with a pivot: extends a clique by candidates that are linked to all of it; {@code done} keeps cliques
     * from being found twice. Neighbours of the pivot need not be tried: a maximal clique holds the pivot or one that is not its
     * neighbour.
     */
    private void extend(TreeSet<Long> clique, TreeSet<Long> candidates, Set<Long> done, List<SortedSet<Long>> cliques) {
        if (candidates.isEmpty()) {
            if (done.isEmpty()) {
                cliques.add(new TreeSet<>(clique));
            }
            return;
        }
        Set<Long> ofPivot = pivot(candidates, done);
        for (Long next : List.copyOf(candidates)) {
            if (ofPivot.contains(next)) {
                continue;
            }
            TreeSet<Long> larger = new TreeSet<>(clique);
            larger.add(next);
            extend(larger, common(candidates, links.get(next)), common(done, links.get(next)), cliques);
            candidates.remove(next);
            done.add(next);
        }
    }

    private Set<Long> pivot(Set<Long> candidates, Set<Long> done) {
        Set<Long> all = new HashSet<>(candidates);
        all.addAll(done);
        return all.stream()
                .map(links::get)
                .max(Comparator.comparingInt(
                        neighbours -> common(candidates, neighbours).size()))
                .orElse(Set.of());
    }

    private static TreeSet<Long> common(Set<Long> some, Set<Long> others) {
        TreeSet<Long> common = new TreeSet<>(some);
        common.retainAll(others);
        return common;
    }
}
