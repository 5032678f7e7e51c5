package io.burnish.agent.device;

import io.burnish.agent.action.ActionContext;
import io.burnish.agent.lustre.TunefsOutput;
import io.burnish.agent.system.CommandResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which targets a device carries. Modules are loaded when the first block device is looked at. */
final class DetectedTargets {

    private static final String LUSTRE = "lustre:";
    private static final long MGS = 0x4;
    private static final long MDT = 0x1;

    private final ActionContext context;
    private boolean modulesLoaded;

    DetectedTargets(ActionContext context) {
        this.context = context;
    }

    /** A target; several values per parameter. */
    record Target(String name, Map<String, List<String>> parameters) {}

    List<Target> on(String path, String type) throws InterruptedException {
        return type.equals("zfs") ? onDataset(path) : onBlockDevice(path);
    }

    private List<Target> onBlockDevice(String path) throws InterruptedException {
        loadModules();
        CommandResult result = context.commands().run("tunefs.lustre", "--dryrun", path);
        Optional<TunefsOutput> found = result.ok() ? TunefsOutput.parse(result.stdout()) : Optional.empty();
        return found.map(output -> targets(output.registeredName(), output.isMgsAndMdt(), output.parameters()))
                .orElse(List.of());
    }

    private List<Target> onDataset(String dataset) throws InterruptedException {
        String properties = context.commands()
                .run("zfs", "get", "-Hp", "-o", "property,value", "all", dataset)
                .stdout();
        Map<String, List<String>> lustre = new LinkedHashMap<>();
        for (String line : properties.lines().toList()) {
            String[] words = line.split("\\t");
            if (words.length > 1 && words[0].startsWith(LUSTRE)) {
                lustre.put(words[0].substring(LUSTRE.length()), List.of(words[1].split(":")));
            }
        }
        if (!lustre.containsKey("svname") || !lustre.containsKey("flags")) {
            return List.of();
        }
        long flags = Long.parseLong(lustre.get("flags").getFirst());
        boolean both = (flags & MGS) != 0 && (flags & MDT) != 0;
        return targets(String.join(":", lustre.get("svname")).replaceFirst("[:=]", "-"), both, lustre);
    }

    private static List<Target> targets(String name, boolean mgsToo, Map<String, List<String>> parameters) {
        List<Target> targets = new ArrayList<>();
        // a number of ffff means that the target was never registered
        if (!name.contains("ffff")) {
            targets.add(new Target(name, parameters));
        }
        if (mgsToo) {
            targets.add(new Target("MGS", parameters));
        }
        return targets;
    }

    private void loadModules() throws InterruptedException {
        if (!modulesLoaded && !context.commands().run("modprobe", "osd_ldiskfs").ok()) {
            context.commands().run("modprobe", "ldiskfs");
        }
        modulesLoaded = true;
    }
}
