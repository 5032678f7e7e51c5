package io.burnish.kit.api;

import java.util.Optional;

/** Ids as URLs have them: digits. What Java's parser takes besides, {@code +1} or other scripts' digits, names nothing. */
public final class NumericId {

    private NumericId() {}

    /** The id; empty if the text is none. A negative one is well-formed, though nothing has it. */
    public static Optional<Long> of(String text) {
        boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9' || c == '-');
        try {
            return digits ? Optional.of(Long.valueOf(text)) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
