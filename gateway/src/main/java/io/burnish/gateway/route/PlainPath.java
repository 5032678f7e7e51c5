package io.burnish.gateway.route;

/**
 * Whether a path means the same to every HTTP server: segments without dots at their beginning, no empty segments, no backslashes,
 * control characters, or encoded forms of any of them.
 */
final class PlainPath {

    private PlainPath() {}

    static boolean is(String path) {
        if (path.isEmpty() || path.charAt(0) != '/') {
            return false;
        }
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            boolean ambiguous =
                    switch (c) {
                        case '/' -> i + 1 < path.length() && (path.charAt(i + 1) == '/' || path.charAt(i + 1) == '.');
                        case '%' -> !plainEscape(path, i);
                        case '\\' -> true;
                        default -> c <= ' ' || c == 0x7f;
                    };
            if (ambiguous) {
                return false;
            }
        }
        return true;
    }

    /** A complete escape of something that is no control character, dot, slash, percent sign or backslash. */
    private static boolean plainEscape(String path, int at) {
        if (at + 2 >= path.length()) {
            return false;
        }
        int high = Character.digit(path.charAt(at + 1), 16);
        int low = Character.digit(path.charAt(at + 2), 16);
        if (high < 0 || low < 0) {
            return false;
        }
        int value = high << 4 | low;
        return value >= ' ' && value != 0x7f && value != '.' && value != '/' && value != '\\' && value != '%';
    }
}
