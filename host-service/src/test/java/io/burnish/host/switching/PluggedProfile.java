package io.burnish.host.switching;

import io.burnish.host.hub.HubTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;

/** A manager with fence agents and a storage plug-in of its own. */
public class PluggedProfile extends HubTestProfile {

    /**
     * A unit as a program: outlets that are off are files, {@code dead} makes it fail, {@code stuck-N} keeps an outlet from being switched. What it
     * reads and its own arguments are kept.
     */
    private static final String AGENT = """
            #!/bin/bash
            cd "$(dirname "$0")" || exit 3
            input=$(cat)
            printf '%s\\n' "args=$*" "$input" "--" >> calls
            value() { printf '%s\\n' "$input" | sed -n "s/^$1=//p"; }
            password=$(value passwd); plug=$(value port); unit=$(value ipaddr)
            if [ -e "dead-$unit" ]; then echo "login with $password failed" >&2; exit 1; fi
            case "$(value action)" in
                monitor) exit 0 ;;
                list-status) for n in 1 2 3; do if [ -e "off-$unit-$n" ]; then echo "$n,name,OFF"; else echo "$n,name,ON"; fi; done ;;
                status) if [ -e "off-$unit-$plug" ]; then exit 2; else exit 0; fi ;;
                on) [ -e "stuck-$unit-$plug" ] && { echo "plug is stuck" >&2; exit 1; }; rm -f "off-$unit-$plug" ;;
                off) [ -e "stuck-$unit-$plug" ] && { echo "plug is stuck" >&2; exit 1; }; : > "off-$unit-$plug" ;;
            esac
            """;

    private static final String PLUGIN = """
            [{"plugin": "array", "classes": [
              {"name": "Controller", "displayName": "Controller", "userCreatable": true, "identifiers": ["address"], "attributes": [
                {"name": "address", "class": "Hostname", "label": "Management address"},
                {"name": "password", "class": "Password"},
                {"name": "port", "class": "Integer", "defaultValue": 8080},
                {"name": "cache", "class": "Bytes", "optional": true},
                {"name": "mode", "class": "Enum", "options": ["a", "b"], "optional": true},
                {"name": "model", "class": "String", "optional": true, "userReadOnly": true}]}]},
             {"plugin": "shelf", "classes": [
              {"name": "Shelf", "displayName": "Shelf", "userCreatable": true, "identifiers": ["address", "port"],
               "scan": {"url": "http://{address}:{port}/inventory", "username": "user"},
               "attributes": [{"name": "address", "class": "Hostname"}, {"name": "port", "class": "Integer"},
                 {"name": "user", "class": "String"}, {"name": "password", "class": "Password"},
                 {"name": "temperature", "class": "Integer", "optional": true, "userReadOnly": true}],
               "conditions": [{"type": "UpperBoundCondition", "attribute": "temperature", "warnBound": 40, "errorBound": 60}],
               "statistics": [{"name": "fan_speed", "kind": "Gauge", "unit": "rpm"}]},
              {"name": "Pool", "displayName": "Pool", "identifiers": ["name"], "parentClasses": ["Store", "Device"],
               "attributes": [{"name": "name", "class": "String"}, {"name": "shelf", "class": "ResourceReference"},
                 {"name": "status", "class": "Enum", "options": ["OK", "FAILED"]}],
               "conditions": [{"type": "ValueCondition", "attribute": "status", "errorStates": ["FAILED"], "message": "Pool failed"}]},
              {"name": "Lun", "displayName": "LUN", "identifiers": ["serial"], "drive": "serial",
               "attributes": [{"name": "serial", "class": "String"}, {"name": "size", "class": "Bytes"}],
               "statistics": [{"name": "read_bytes", "kind": "Counter", "unit": "bytes"}]}]}]
            """;

    /** Where the agents are, and what they remember. */
    static Path agents;

    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> config = new HashMap<>(super.getConfigOverrides());
        try {
            agents = Files.createTempDirectory("fence-agents");
            for (String name : new String[] {"fence_apc", "fence_ipmilan"}) {
                Files.writeString(agents.resolve(name), AGENT);
                Files.setPosixFilePermissions(agents.resolve(name), PosixFilePermissions.fromString("rwxr-xr-x"));
            }
            Path plugins = Files.createTempDirectory("storage-plugins");
            Files.writeString(plugins.resolve("array.json"), PLUGIN);
            config.put("burnish.power.agents", agents.toString());
            config.put("burnish.power.check-interval", "PT0.5S");
            config.put("burnish.storage.plugins", plugins.toString());
            config.put("burnish.storage.scan-interval", "PT0.5S");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return config;
    }
}
