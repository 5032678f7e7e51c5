package io.burnish.agent.action;

/** Shortens texts that are too long to keep: beginning and end stay, and the place says what is missing. */
final class Excerpt {

    private Excerpt() {}

    /** The text, or its beginning and end with a note in between if it has more than {@code limit} characters. */
    static String of(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        int half = limit / 2;
        int left = text.length() - 2 * half;
        return text.substring(0, half) + "\n[… " + left + " characters left out …]\n"
                + text.substring(text.length() - half);
    }
}
