package io.burnish.agent.device;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Reads {@code dmsetup table} (agent contract, 6.4): lines {@code NAME: START LENGTH TYPE ARGUMENTS…}; a device may have several.
 *
 * @param mappings by name
 */
record DmTable(Map<String, Mapping> mappings) {

    private static final int HEADER_WORDS = 4;

    /**
     * A mapped device.
     *
     * @param devices {@code major:minor} of what it is made of, in the order of first appearance
     */
    record Mapping(String name, boolean multipath, List<String> devices) {}

    static DmTable parse(String text) {
        Map<String, Mapping> mappings = new LinkedHashMap<>();
        for (String line : text.split("\n")) {
            String[] words = line.strip().split("\\s+");
            // "No devices found" has no colon
            if (words.length < HEADER_WORDS || !words[0].endsWith(":")) {
                continue;
            }
            String name = words[0].substring(0, words[0].length() - 1);
            List<String> arguments = List.of(words).subList(HEADER_WORDS, words.length);
            boolean multipath = words[3].equals("multipath");
            List<String> devices = new ArrayList<>();
            if (mappings.containsKey(name)) {
                devices.addAll(mappings.get(name).devices());
            }
            devices(words[3], arguments).stream()
                    .filter(device -> !devices.contains(device))
                    .forEach(devices::add);
            mappings.put(name, new Mapping(name, multipath, List.copyOf(devices)));
        }
        return new DmTable(mappings);
    }

    /** Names of mapped devices that are volumes of a group: the group is before the single hyphen, doubled ones are literal. */
    static String volumeName(String group, String volume) {
        return group.replace("-", "--") + "-" + volume.replace("-", "--");
    }

    private static List<String> devices(String type, List<String> arguments) {
        return switch (type) {
            case "linear" -> arguments.isEmpty() ? List.of() : List.of(arguments.getFirst());
            case "striped" -> everySecond(arguments, 2);
            case "multipath" -> paths(arguments);
            default -> everyNumber(arguments);
        };
    }

    private static List<String> everySecond(List<String> arguments, int from) {
        List<String> devices = new ArrayList<>();
        for (int i = from; i < arguments.size(); i += 2) {
            devices.add(arguments.get(i));
        }
        return devices;
    }

    /**
     * {@code N} features, {@code M} handler arguments, number of groups, first group; per group: selector, number of its arguments,
     * these, number of paths, arguments per path; per path: device, its arguments.
     */
    private static List<String> paths(List<String> arguments) {
        List<String> devices = new ArrayList<>();
        Cursor cursor = new Cursor(arguments);
        cursor.skip(cursor.number());
        cursor.skip(cursor.number());
        int groups = cursor.number();
        cursor.skip(1);
        for (int group = 0; group < groups; group++) {
            cursor.skip(1);
            cursor.skip(cursor.number());
            int paths = cursor.number();
            int perPath = cursor.number();
            for (int path = 0; path < paths; path++) {
                devices.add(cursor.word());
                cursor.skip(perPath);
            }
        }
        return devices;
    }

    /** Snapshots, mirrors, crypt and whatever comes: devices are the words of that form. */
    private static List<String> everyNumber(List<String> arguments) {
        return List.copyOf(new TreeSet<>(
                arguments.stream().filter(word -> word.matches("\\d+:\\d+")).toList()));
    }

    private static final class Cursor {
        private final List<String> words;
        private int next;

        Cursor(List<String> words) {
            this.words = words;
        }

        String word() {
            return next < words.size() ? words.get(next++) : "";
        }

        int number() {
            String word = word();
            return word.matches("\\d{1,6}") ? Integer.parseInt(word) : 0;
        }

        void skip(int count) {
            next += count;
        }
    }
}
