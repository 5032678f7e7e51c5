package io.burnish.agent.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.agent.system.HostSystem;
import io.burnish.contracts.ContractJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * What the agent remembers about its server (agent contract, 17): one file per key below {@code /var/lib/chroma}, JSON on a single
 * line, written atomically. The resource agent reads section {@code targets} as well, so names and form are fixed.
 */
public final class ConfigStore {

    /** Where it lives. */
    public static final Path ROOT = Path.of("/var/lib/chroma");

    private static final int OWNER_ONLY = 0600;

    private final HostSystem host;

    /** A store on a server. */
    public ConfigStore(HostSystem host) {
        this.host = host;
    }

    /** The value of a key, empty if it was never set. */
    public <T> Optional<T> get(Section section, String key, Class<T> type) {
        try {
            return host.read(file(section, key)).map(text -> ContractJson.read(text, type));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + section.directory() + " " + key, e);
        }
    }

    /** Sets a key. */
    public void put(Section section, String key, Object value) {
        try {
            host.write(file(section, key), ContractJson.text(value) + "\n", OWNER_ONLY);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot store " + section.directory() + " " + key, e);
        }
    }

    /** Removes a key; a missing one is fine. */
    public void remove(Section section, String key) {
        try {
            host.delete(file(section, key));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + section.directory() + " " + key, e);
        }
    }

    /** The keys of a section. */
    public List<String> keys(Section section) {
        try {
            List<String> keys = new ArrayList<>();
            for (String name : host.list(ROOT.resolve(section.directory()))) {
                decoded(name).ifPresent(keys::add);
            }
            return keys;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + section.directory(), e);
        }
    }

    /** The server's profile: its flags {@code managed} and {@code worker}; both false while it has none. */
    public AgentProfile profile() {
        return get(Section.SETTINGS, "profile", JsonNode.class)
                .map(AgentProfile::of)
                .orElse(AgentProfile.UNKNOWN);
    }

    private static Path file(Section section, String key) {
        String name = Base64.getUrlEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
        return ROOT.resolve(section.directory()).resolve(name);
    }

    private static Optional<String> decoded(String name) {
        try {
            return Optional.of(new String(Base64.getUrlDecoder().decode(name), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            // not one of ours, for example a temporary file
            return Optional.empty();
        }
    }

    /** A group of keys. */
    public enum Section {
        SETTINGS,
        TARGETS,
        COPYTOOLS;

        String directory() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
