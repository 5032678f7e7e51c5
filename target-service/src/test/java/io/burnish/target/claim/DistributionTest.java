package io.burnish.target.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The examples of the API contract (storage 26.3), and what holds for every order. */
class DistributionTest {

    private static List<String> order(String... wanted) {
        return Distribution.order(List.of(wanted), name -> (long) name.charAt(0), name -> name.endsWith("*"));
    }

    @Test
    void consecutiveIndicesAlternateOverServers() {
        assertThat(order("A1", "A2", "B1", "B2", "C1", "C2")).containsExactly("A1", "B1", "C1", "A2", "B2", "C2");
    }

    @Test
    void aServerWithMoreVolumesGetsTheLastIndices() {
        assertThat(order("A1", "A2", "A3", "B1")).containsExactly("A1", "B1", "A2", "A3");
    }

    @Test
    void theRootComesFirst() {
        assertThat(order("A1", "B1", "A2*")).containsExactly("A2*", "A1", "B1");
    }

    @Test
    void everyOrderIsAPermutationInWhichNoServerGetsAheadOfAnotherByMoreThanOne() {
        Random random = new Random(7);
        for (int round = 0; round < 500; round++) {
            List<String> wanted = new ArrayList<>();
            for (int i = random.nextInt(20); i >= 0; i--) {
                wanted.add("" + (char) ('A' + random.nextInt(4)) + i);
            }
            Map<Character, Integer> left = new TreeMap<>();
            wanted.forEach(name -> left.merge(name.charAt(0), 1, Integer::sum));

            List<String> ordered = order(wanted.toArray(String[]::new));

            assertThat(ordered).containsExactlyInAnyOrderElementsOf(wanted);
            Map<Character, Integer> done = new TreeMap<>();
            for (String name : ordered) {
                int mine = done.merge(name.charAt(0), 1, Integer::sum);
                left.forEach((server, count) -> assertThat(mine - done.getOrDefault(server, 0))
                        .as("%s in %s", name, ordered)
                        .satisfiesAnyOf(ahead -> assertThat(ahead).isLessThanOrEqualTo(1), ahead -> assertThat(
                                        done.getOrDefault(server, 0))
                                .isEqualTo(count)));
            }
        }
    }
}
