package io.burnish.agent.system.linux;

/**
 * Collects a stream of text within bounds: the beginning and the end are kept, and the place between says how much is missing.
 */
final class OutputBuffer {

    private final int half;
    private final StringBuilder head = new StringBuilder();
    private final StringBuilder tail = new StringBuilder();
    private long missing;

    OutputBuffer(int limit) {
        this.half = limit / 2;
    }

    synchronized void append(CharSequence text) {
        int toHead = Math.min(text.length(), half - head.length());
        head.append(text, 0, Math.max(0, toHead));
        tail.append(text, Math.max(0, toHead), text.length());
        // cut in large steps, since each moves the rest
        if (tail.length() > 2 * half) {
            trim();
        }
    }

    @Override
    public synchronized String toString() {
        if (tail.length() > half) {
            trim();
        }
        if (missing == 0) {
            return head.toString() + tail;
        }
        return head + "\n[… " + missing + " characters left out …]\n" + tail;
    }

    private void trim() {
        int cut = tail.length() - half;
        tail.delete(0, cut);
        missing += cut;
    }
}
