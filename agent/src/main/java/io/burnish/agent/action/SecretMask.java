package io.burnish.agent.action;

import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Replaces secrets in a stream of text by asterisks, also where a secret is torn over two pieces. */
final class SecretMask {

    private final List<String> secrets;
    private final int longest;
    private final StringBuilder held = new StringBuilder();

    SecretMask(Set<String> secrets) {
        this.secrets = secrets.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        this.longest = this.secrets.stream().mapToInt(String::length).max().orElse(0);
    }

    /** A whole text. */
    String mask(String text) {
        String result = text;
        for (String secret : secrets) {
            result = result.replace(secret, "*".repeat(secret.length()));
        }
        return result;
    }

    /** The next piece of a stream; what could be the beginning of a secret is held back. */
    synchronized String next(String piece) {
        if (longest <= 1) {
            return mask(piece);
        }
        held.append(piece);
        String masked = mask(held.toString());
        int keep = possibleBeginning(masked);
        held.setLength(0);
        held.append(masked, masked.length() - keep, masked.length());
        return masked.substring(0, masked.length() - keep);
    }

    /** The end of the stream: what was held back. */
    synchronized String rest() {
        String rest = mask(held.toString());
        held.setLength(0);
        return rest;
    }

    private int possibleBeginning(String text) {
        for (int length = Math.min(longest - 1, text.length()); length > 0; length--) {
            String tail = text.substring(text.length() - length);
            if (secrets.stream().anyMatch(secret -> secret.length() > tail.length() && secret.startsWith(tail))) {
                return length;
            }
        }
        return 0;
    }
}
