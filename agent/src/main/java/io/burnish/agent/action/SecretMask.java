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
        if (secrets.isEmpty()) {
            return piece;
        }
        held.append(piece);
        String text = held.toString();
        StringBuilder shown = new StringBuilder(text.length());
        int position = 0;
        while (position < text.length() && !undecided(text, position)) {
            int length = secretAt(text, position);
            shown.append(length == 0 ? text.substring(position, position + 1) : "*".repeat(length));
            position += Math.max(1, length);
        }
        held.setLength(0);
        held.append(text, position, text.length());
        return shown.toString();
    }

    /** The end of the stream: what was held back. */
    synchronized String rest() {
        String rest = mask(held.toString());
        held.setLength(0);
        return rest;
    }

    /** Whether the rest of the text is the beginning of a secret that may go on in the next piece. */
    private boolean undecided(String text, int position) {
        int left = text.length() - position;
        return left < longest
                && secrets.stream()
                        .anyMatch(secret -> secret.length() > left && secret.regionMatches(0, text, position, left));
    }

    /** Length of the longest secret that begins there; 0 if none does. */
    private int secretAt(String text, int position) {
        // longest first
        return secrets.stream()
                .filter(secret -> text.startsWith(secret, position))
                .mapToInt(String::length)
                .findFirst()
                .orElse(0);
    }
}
