package io.burnish.lifecycle.job;

/** Groups of actions in a menu, with the number that clients get (orchestration 1). */
public enum Group {
    COMMON(1),
    INFREQUENT(2),
    RARE(3),
    EMERGENCY(4),
    LAST_RESORT(5),
    DEFAULT(1000);

    private final int number;

    Group(int number) {
        this.number = number;
    }

    /** The number in the API. */
    public int number() {
        return number;
    }
}
