package io.burnish.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/** The objects of the lab that stand for the names in {@code requests.txt}. Needs a file system. */
final class ContractNames {

    private final Lab lab;
    private final Map<String, String> names = new TreeMap<>();

    ContractNames(Lab lab) {
        this.lab = lab;
    }

    Map<String, String> byName() {
        JsonNode host = lab.objects("/api/host/?limit=1").getFirst();
        String id = host.get("id").asText();
        names.put("nobody", "999999999");
        names.put("host", id);
        names.put("address", host.get("address").asText());
        names.put("fqdn", host.get("fqdn").asText());
        names.put("label", host.get("label").asText());
        names.put("profile", host.at("/server_profile/name").asText());
        names.put(
                "admin", lab.client().get("/api/session/").body().at("/user/id").asText());
        first("alert", "/api/alert/?limit=1");
        first("alert_type", "/api/alert_type/?limit=1");
        first("command", "/api/command/?complete=true&limit=1");
        first("job", "/api/job/?state=complete&limit=1");
        first("filesystem", "/api/filesystem/?limit=1");
        first("target", "/api/target/?kind=OST&limit=1");
        first("mgt", "/api/target/?kind=MGT&limit=1");
        first("unused", "/api/volume/?category=unused&limit=1");
        names.put(
                "used",
                lab.objects("/api/target/?kind=OST&limit=1")
                        .getFirst()
                        .at("/volume/id")
                        .asText());
        first("storage", "/api/storage_resource/?limit=1");
        first("power_type", "/api/power_control_type/?limit=1");
        first("nic", "/api/network_interface/?host=" + id + "&limit=1");
        first("lnet", "/api/lnet_configuration/?host=" + id + "&limit=1");
        first("corosync", "/api/corosync_configuration/?host=" + id + "&limit=1");
        first("pacemaker", "/api/pacemaker_configuration/?host=" + id + "&limit=1");
        return names;
    }

    private void first(String name, String list) {
        names.put(name, lab.objects(list).getFirst().get("id").asText());
    }
}
