package io.burnish.agent.pacemaker;

import io.burnish.agent.command.ActionFailedException;
import io.burnish.agent.command.Commands;
import io.burnish.agent.system.HostSystem;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Members as {@code crm_node -l} lists them: {@code ID NAME STATE} per line.
 *
 * @param ids id per node name, in their order
 */
public record ClusterNodes(Map<String, String> ids) {

    /** Asks the cluster. */
    public static ClusterNodes query(Commands commands) throws InterruptedException {
        return parse(commands.tryRun("crm_node", "-l"));
    }

    static ClusterNodes parse(String stdout) {
        Map<String, String> ids = new LinkedHashMap<>();
        for (String line : stdout.split("\n")) {
            String[] words = line.strip().split("\\s+");
            if (words.length >= 2) {
                ids.put(words[1], words[0]);
            }
        }
        return new ClusterNodes(ids);
    }

    /** The name by which the cluster knows this server: full or short. */
    public String nameOf(HostSystem.HostNames server) {
        return ids.containsKey(server.nodename()) && !ids.containsKey(server.fqdn())
                ? server.nodename()
                : server.fqdn();
    }

    /** Id of a node. */
    Optional<String> id(String name) {
        return Optional.ofNullable(ids.get(name));
    }

    /**
     * Id of a node that must be a member.
     *
     * @throws ActionFailedException if it is none
     */
    public String requireId(String name) {
        return id(name).orElseThrow(() -> new ActionFailedException(
                "%s is not a member of the cluster: 'crm_node -l' lists %s".formatted(name, ids.keySet())));
    }

    /** Number of members. */
    int count() {
        return ids.size();
    }
}
