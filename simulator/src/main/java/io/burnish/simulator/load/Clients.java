package io.burnish.simulator.load;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** The imagined clients of a file system: a few dozen, of which some come and go. */
final class Clients {

    private static final int FEWEST = 6;
    private static final int MOST = 30;
    private static final double COMING_AND_GOING = 1_800;

    private Clients() {}

    /** One of them. */
    record Client(String filesystem, int number) {

        String nid() {
            return "10.73.20." + (number + 1) + "@tcp";
        }

        String uuid() {
            byte[] name = (filesystem + number).getBytes(StandardCharsets.UTF_8);
            return UUID.nameUUIDFromBytes(name).toString();
        }
    }

    /** How many there are at a time. */
    static int count(String filesystem, long now) {
        double usual = Dice.between(FEWEST, MOST, filesystem, "clients");
        return (int) new Wave(usual, 0.2, COMING_AND_GOING, 0).at(now);
    }

    /** Those that are there at a time. */
    static List<Client> present(String filesystem, long now) {
        return IntStream.range(0, count(filesystem, now))
                .mapToObj(number -> new Client(filesystem, number))
                .toList();
    }
}
