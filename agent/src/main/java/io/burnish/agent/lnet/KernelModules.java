package io.burnish.agent.lnet;

import io.burnish.agent.system.HostSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Loaded kernel modules, from {@code /proc/modules}.
 *
 * @param users the modules that use a module, by its name
 */
public record KernelModules(Map<String, List<String>> users) {

    private static final Path PROC_MODULES = Path.of("/proc/modules");
    private static final int USERS_FIELD = 3;

    /** What a server has loaded now. */
    public static KernelModules current(HostSystem host) throws IOException {
        return parse(host.read(PROC_MODULES).orElse(""));
    }

    static KernelModules parse(String text) {
        Map<String, List<String>> users = new LinkedHashMap<>();
        for (String line : text.split("\n")) {
            String[] words = line.strip().split("\\s+");
            if (words.length > USERS_FIELD) {
                users.put(words[0], names(words[USERS_FIELD]));
            }
        }
        return new KernelModules(users);
    }

    /** Whether a module is loaded; names are compared in full. */
    public boolean loaded(String module) {
        return users.containsKey(module);
    }

    /** All direct and indirect users of a module in an order in which they can be removed, without some and theirs. */
    List<String> removalOrder(String module, Set<String> except) {
        Set<String> order = new LinkedHashSet<>();
        for (String user : users.getOrDefault(module, List.of())) {
            if (!except.contains(user)) {
                addAfterUsers(user, order, new LinkedHashSet<>());
            }
        }
        return List.copyOf(order);
    }

    private void addAfterUsers(String module, Set<String> order, Set<String> path) {
        if (!path.add(module)) {
            return;
        }
        for (String user : users.getOrDefault(module, List.of())) {
            addAfterUsers(user, order, path);
        }
        order.add(module);
    }

    private static List<String> names(String field) {
        List<String> names = new ArrayList<>();
        for (String name : field.split(",")) {
            if (!name.isEmpty() && !name.equals("-") && !name.startsWith("[")) {
                names.add(name);
            }
        }
        return names;
    }
}
