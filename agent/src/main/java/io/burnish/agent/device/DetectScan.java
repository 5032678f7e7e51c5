package io.burnish.agent.device;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.agent.action.Action;
import io.burnish.agent.action.ActionArguments;
import io.burnish.agent.action.ActionContext;
import io.burnish.agent.config.ConfigStore;
import io.burnish.agent.config.ConfigStore.Section;
import io.burnish.agent.lustre.MountTable;
import io.burnish.agent.lustre.MountedTargets;
import io.burnish.contracts.agent.AgentAction;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/** Finds Lustre targets on devices, and on an MGT the file systems that it knows (agent contract, 6.7). */
final class DetectScan implements Action {

    private static final String REMEMBERED = "last_detect_scan_target_devices";
    private static final DateTimeFormatter SAVED_AT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");

    @Override
    public AgentAction id() {
        return AgentAction.DETECT_SCAN;
    }

    @Override
    public String purpose(ActionArguments arguments) {
        return "scan for Lustre targets";
    }

    @Override
    public JsonNode run(ActionArguments arguments, ActionContext context) throws InterruptedException, IOException {
        ConfigStore store = new ConfigStore(context.host());
        JsonNode devices = arguments.raw("target_devices");
        if (devices.isArray()) {
            store.put(Section.SETTINGS, REMEMBERED, devices);
        } else {
            devices = store.get(Section.SETTINGS, REMEMBERED, JsonNode.class)
                    .orElse(JsonNodeFactory.instance.arrayNode());
        }
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        Instant now = context.host().now();
        result.put("target_devices_saved_timestamp", SAVED_AT.format(now.atOffset(ZoneOffset.UTC)));
        ArrayNode targets = result.putArray("local_targets");
        ObjectNode known = result.putObject("mgs_targets");
        DetectedTargets detector = new DetectedTargets(context);
        for (JsonNode device : devices) {
            String path = device.path("path").asText();
            String type = device.path("type").asText("linux");
            boolean mounted = mounted(context, path);
            List<DetectedTargets.Target> found = detector.on(path, type);
            String uuid = found.isEmpty() ? null : uuid(device, context);
            for (DetectedTargets.Target target : found) {
                targets.add(json(target, device, uuid, mounted));
                if (target.name().equals("MGS") && mounted && !type.equals("zfs")) {
                    known.setAll(new MgsContent(context, path).filesystems());
                }
            }
        }
        return result;
    }

    /** As the manager gave it, else what is on the device. */
    private static String uuid(JsonNode device, ActionContext context) throws InterruptedException {
        return device.hasNonNull("uuid")
                ? device.path("uuid").asText()
                : MountedTargets.uuid(device.path("path").asText(), context.commands())
                        .orElse(null);
    }

    private static ObjectNode json(DetectedTargets.Target target, JsonNode device, String uuid, boolean mounted) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", target.name());
        json.put("uuid", uuid);
        ObjectNode parameters = json.putObject("params");
        target.parameters().forEach((key, values) -> {
            ArrayNode list = parameters.putArray(key);
            values.forEach(list::add);
        });
        json.putArray("device_paths").add(device.path("path").asText());
        json.put("mounted", mounted);
        json.put("type", device.path("type").asText("linux"));
        return json;
    }

    private static boolean mounted(ActionContext context, String path) throws IOException {
        Optional<Path> real = path.startsWith("/") ? context.host().realPath(Path.of(path)) : Optional.empty();
        String device = real.map(Path::toString).orElse(path);
        for (MountTable.Entry entry : MountTable.current(context.host()).targets()) {
            Optional<Path> source = entry.source().startsWith("/")
                    ? context.host().realPath(Path.of(entry.source()))
                    : Optional.empty();
            if (source.map(Path::toString).orElse(entry.source()).equals(device)) {
                return true;
            }
        }
        return false;
    }
}
