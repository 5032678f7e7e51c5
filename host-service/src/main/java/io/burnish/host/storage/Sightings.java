package io.burnish.host.storage;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.agent.report.BlockDeviceReport;
import io.burnish.host.device.HostStorage;
import io.burnish.host.device.ResourceClass;
import io.burnish.host.device.ResourceKey;
import io.burnish.host.device.StorageReader;
import io.burnish.host.device.StorageResource;
import io.burnish.kit.sql.Tx;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a server's stored reports say of its resources. */
final class Sightings {

    static final String LINUX = "linux";
    static final String NETWORK = "linux_network";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    /** The attribute by which a class refers to the one thing that it is part of, or leads to. */
    private static final Map<ResourceClass, String> REFERENCES = Map.of(
            ResourceClass.LINUX_DEVICE_NODE, "logical_drive",
            ResourceClass.PARTITION, "container",
            ResourceClass.LVM_VOLUME, "vg");

    private Sightings() {}

    /** Block devices and what is built on them. */
    static List<Sighting> ofStorage(Tx tx, long hostId) {
        List<Sighting> found = new ArrayList<>();
        tx.first("SELECT body::text FROM storage_report WHERE host_id = $1", hostId)
                .ifPresent(row -> {
                    HostStorage storage =
                            StorageReader.read(hostId, ContractJson.read(row.getString(0), BlockDeviceReport.class));
                    storage.resources().values().forEach(resource -> found.add(sighting(resource)));
                    found.add(plugin(tx, hostId, LINUX));
                });
        return found;
    }

    private static Sighting sighting(StorageResource resource) {
        ResourceKey key = resource.key();
        Map<String, String> references = new LinkedHashMap<>();
        Optional.ofNullable(REFERENCES.get(key.type())).ifPresent(attribute -> resource.parents().stream()
                .filter(parent -> parent.type() != ResourceClass.LINUX_DEVICE_NODE)
                .findFirst()
                .ifPresent(parent -> references.put(attribute, key(parent))));
        return new Sighting(
                key.type().className(),
                key.text(),
                key.hostId(),
                resource.name(),
                resource.attributes(),
                references,
                resource.parents().stream().map(Sightings::key).toList());
    }

    private static String key(ResourceKey key) {
        return Sighting.key(key.type().className(), key.text(), key.hostId());
    }

    private static Sighting plugin(Tx tx, long hostId, String plugin) {
        String fqdn = tx.one("SELECT fqdn FROM host WHERE id = $1", hostId).getString(0);
        return local(
                "PluginAgentResources",
                hostId,
                fqdn.replaceFirst("\\.localdomain$", ""),
                JSON.objectNode().put("host_id", hostId).put("plugin_name", plugin),
                hostId,
                plugin);
    }

    /** Network interfaces, NIDs and LNet, as they are stored. */
    static List<Sighting> ofNetwork(Tx tx, long hostId) {
        List<Sighting> found = new ArrayList<>();
        for (Row row : tx.query("""
                SELECT i.name, i.inet4_address, i.inet4_prefix, i.type, i.state_up, n.lnd_network, n.lnd_type FROM network_interface i
                LEFT JOIN nid n ON n.network_interface_id = i.id WHERE i.host_id = $1 ORDER BY i.id""", hostId)) {
            String name = row.getString(0);
            ObjectNode attributes = JSON.objectNode()
                    .put("host_id", hostId)
                    .put("name", name)
                    .put("inet4_address", row.getString(1))
                    .put("inet4_prefix", row.getInteger(2))
                    .put("type", row.getString(3))
                    .put("up", row.getBoolean(4));
            found.add(local(
                    "HostNetworkInterface",
                    hostId,
                    "HostNetworkInterface " + hostId + " " + name,
                    attributes,
                    hostId,
                    name));
            if (row.getString(6) != null) {
                found.add(local(
                        "Nid",
                        hostId,
                        "Nid " + hostId + " " + name,
                        JSON.objectNode()
                                .put("name", name)
                                .put("host_id", hostId)
                                .put("lnd_network", row.getInteger(5))
                                .put("lnd_type", row.getString(6)),
                        hostId,
                        name));
            }
        }
        tx.first("SELECT state FROM lnet_configuration WHERE host_id = $1 AND not_deleted", hostId)
                .ifPresent(row -> found.add(local(
                        "LNetState",
                        hostId,
                        "LNetState " + hostId,
                        JSON.objectNode().put("host_id", hostId).put("state", row.getString(0)),
                        hostId)));
        found.add(plugin(tx, hostId, NETWORK));
        return found;
    }

    private static Sighting local(
            String className, long hostId, String name, ObjectNode attributes, Object... identity) {
        return new Sighting(
                className, ContractJson.text(List.of(identity)), hostId, name, attributes, Map.of(), List.of());
    }
}
