package io.burnish.host.volume;

import io.burnish.host.ha.HaClusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The automatic choice of the server that normally runs a volume's target and of the one that takes over (API contract, storage
 * 27.5). Pure.
 *
 * <p>Volumes in the order of their labels; for each:
 *
 * <ol>
 *   <li>primary: the server with the fewest primaries, ties by name;
 *   <li>failover: of the other servers in the same HA cluster the one that uses the fewest nodes, ties by name; none if the primary is
 *       in no cluster with another server of the volume;
 *   <li>all other nodes take no part.
 * </ol>
 */
final class ServerChoice {

    private static final Comparator<Volume> BY_LABEL =
            Comparator.comparing(Volume::label).thenComparingLong(Volume::id);

    private final Map<Long, String> names;
    private final HaClusters clusters;
    private final Map<Long, Integer> primaries;
    private final Map<Long, Integer> used;

    private ServerChoice(Map<Long, String> names, HaClusters clusters, Load before) {
        this.names = names;
        this.clusters = clusters;
        this.primaries = new HashMap<>(before.primaries());
        this.used = new HashMap<>(before.used());
    }

    /** A node of a volume. */
    record Node(long id, long hostId) {}

    /** A volume whose servers are to be chosen. */
    record Volume(long id, String label, List<Node> nodes) {}

    /**
     * What the servers do already for volumes outside this run.
     *
     * @param primaries by server: primary nodes of volumes with several nodes
     * @param used by server: nodes in use
     */
    record Load(Map<Long, Integer> primaries, Map<Long, Integer> used) {}

    /** What a node is to do. */
    record Role(long nodeId, boolean primary, boolean use) {}

    /**
     * The roles of all nodes of the volumes.
     *
     * @param names fully qualified names of the servers
     */
    static List<Role> choose(List<Volume> volumes, Map<Long, String> names, HaClusters clusters, Load before) {
        ServerChoice choice = new ServerChoice(names, clusters, before);
        List<Role> roles = new ArrayList<>();
        volumes.stream().sorted(BY_LABEL).forEach(volume -> roles.addAll(choice.choose(volume)));
        return roles;
    }

    private List<Role> choose(Volume volume) {
        Optional<Node> primary = volume.nodes().stream().min(fewest(primaries));
        if (primary.isEmpty()) {
            return List.of();
        }
        long primaryHost = primary.get().hostId();
        Optional<Node> failover = volume.nodes().stream()
                .filter(node -> clusters.together(primaryHost, node.hostId()))
                .min(fewest(used));
        count(primaries, primaryHost);
        count(used, primaryHost);
        failover.ifPresent(node -> count(used, node.hostId()));
        return volume.nodes().stream()
                .map(node -> new Role(
                        node.id(),
                        node.equals(primary.get()),
                        node.equals(primary.get())
                                || failover.filter(node::equals).isPresent()))
                .toList();
    }

    private Comparator<Node> fewest(Map<Long, Integer> load) {
        return Comparator.<Node>comparingInt(node -> load.getOrDefault(node.hostId(), 0))
                .thenComparing(node -> names.getOrDefault(node.hostId(), ""))
                .thenComparingLong(Node::id);
    }

    private static void count(Map<Long, Integer> load, long hostId) {
        load.merge(hostId, 1, Integer::sum);
    }
}
