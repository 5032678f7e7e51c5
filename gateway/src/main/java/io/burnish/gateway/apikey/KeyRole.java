package io.burnish.gateway.apikey;

import io.burnish.kit.security.Level;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a key may do at most: as much as a member of one of the three groups. */
enum KeyRole {
    FILESYSTEM_USERS("filesystem_users", 1, Level.USER),
    FILESYSTEM_ADMINISTRATORS("filesystem_administrators", 2, Level.FSADMIN),
    SUPERUSERS("superusers", 3, Level.SUPERUSER);

    private final String wire;
    private final int stored;
    private final Level level;

    KeyRole(String wire, int stored, Level level) {
        this.wire = wire;
        this.stored = stored;
        this.level = level;
    }

    int stored() {
        return stored;
    }

    Level level() {
        return level;
    }

    static Optional<KeyRole> ofWire(String wire) {
        return Arrays.stream(values()).filter(role -> role.wire.equals(wire)).findFirst();
    }

    static KeyRole ofStored(int stored) {
        return values()[stored - 1];
    }

    /** The number by which a level is stored; 0 for callers that are not logged in. */
    static int storedLevel(Level level) {
        return Arrays.stream(values())
                .filter(role -> role.level == level)
                .mapToInt(KeyRole::stored)
                .findFirst()
                .orElse(0);
    }

    /** Wire names of the roles that a caller of that level can give. */
    static List<String> upTo(Level level) {
        return Arrays.stream(values())
                .filter(role -> level.includes(role.level))
                .map(role -> role.wire)
                .toList();
    }

    /** Stored numbers and their wire names. */
    static Map<Integer, String> vocabulary() {
        return Arrays.stream(values()).collect(Collectors.toMap(KeyRole::stored, role -> role.wire));
    }
}
