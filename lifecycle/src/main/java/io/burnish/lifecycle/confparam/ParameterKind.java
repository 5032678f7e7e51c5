package io.burnish.lifecycle.confparam;

import io.burnish.contracts.model.TargetKind;
import java.util.Optional;

/** What a configuration parameter is set on (API contract, storage 25.2). */
public enum ParameterKind {
    /** A whole file system. */
    FILESYSTEM("FS", "Filesystem"),
    /** One MDT. */
    MDT("MDT", "MDT"),
    /** One OST. */
    OST("OST", "OST");

    private final String help;
    private final String words;

    ParameterKind(String help, String words) {
        this.help = help;
        this.words = words;
    }

    /** The kind that targets of a kind have parameters of; an MGT has none. */
    public static Optional<ParameterKind> of(TargetKind target) {
        return switch (target) {
            case MGT -> Optional.empty();
            case MDT -> Optional.of(MDT);
            case OST -> Optional.of(OST);
        };
    }

    /** The kind by its name in {@code /api/help/conf_param/}. */
    public static Optional<ParameterKind> ofHelp(String name) {
        for (ParameterKind kind : values()) {
            if (kind.help.equals(name)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** Name in {@code /api/help/conf_param/}. */
    public String help() {
        return help;
    }

    /** How error messages call it. */
    String words() {
        return words;
    }
}
