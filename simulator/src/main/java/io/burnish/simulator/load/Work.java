package io.burnish.simulator.load;

/**
 * What a server has done for clients.
 *
 * @param transfers reads and writes
 * @param calls all other calls
 */
record Work(double transfers, double calls) {

    static final Work NONE = new Work(0, 0);

    Work plus(Work other) {
        return new Work(transfers + other.transfers, calls + other.calls);
    }
}
