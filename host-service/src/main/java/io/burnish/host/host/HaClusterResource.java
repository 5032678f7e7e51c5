package io.burnish.host.host;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.ContractJson;
import io.burnish.host.ha.PeerLinks;
import io.burnish.kit.api.ApiResource;
import io.burnish.kit.api.Call;
import io.burnish.kit.api.Field;
import io.burnish.kit.api.Resource;
import io.burnish.kit.api.ResourceReader;
import io.burnish.kit.api.Shape;
import io.burnish.kit.security.Access;
import io.burnish.kit.sql.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;

/** {@code /api/ha_cluster/} (API contract, core 2.19): groups of servers that can take over each other's targets. */
@ApplicationScoped
class HaClusterResource implements ApiResource {

    private final Database database;
    private final ResourceReader reader;
    private final HostResource hosts;
    private final Resource resource;

    HaClusterResource(Database database, ResourceReader reader, HostResource hosts) {
        this.database = database;
        this.reader = reader;
        this.hosts = hosts;
        resource = Resource.named("ha_cluster")
                .fields(Field.list("peers", null)
                        .shaped(Shape.list(Shape.of("host")))
                        .help("The complete servers of the cluster"))
                .computed(Access.READ, this::clusters)
                .build();
    }

    @Override
    public Resource resource() {
        return resource;
    }

    private List<ObjectNode> clusters(Call call) {
        List<SortedSet<Long>> clusters =
                database.transaction(tx -> PeerLinks.clusters(tx).clusters());
        Set<Object> members = new HashSet<>();
        clusters.forEach(members::addAll);
        Map<Object, String> known =
                Database.await(reader.several(hosts.resource(), members, call.parameters(), call.principal()));
        List<ObjectNode> objects = new ArrayList<>();
        for (SortedSet<Long> cluster : clusters) {
            ArrayNode peers = JsonNodeFactory.instance.arrayNode();
            cluster.stream()
                    .map(known::get)
                    .filter(java.util.Objects::nonNull)
                    .forEach(text -> peers.add(ContractJson.read(text, ObjectNode.class)));
            objects.add(JsonNodeFactory.instance.objectNode().set("peers", peers));
        }
        return objects;
    }
}
