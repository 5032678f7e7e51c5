package io.burnish.target.claim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The order in which several targets get their indices: alternating over the primary servers, the root MDT first (API contract,
 * storage 26.3).
 */
final class Distribution {

    private Distribution() {}

    static <T> List<T> order(List<T> wanted, Function<T, Long> primaryHost, Predicate<T> root) {
        Map<Long, Integer> perHost = new HashMap<>();
        List<List<T>> rounds = new ArrayList<>();
        for (T one : wanted) {
            int round = perHost.merge(primaryHost.apply(one), 1, Integer::sum) - 1;
            if (round == rounds.size()) {
                rounds.add(new ArrayList<>());
            }
            rounds.get(round).add(one);
        }
        List<T> ordered = new ArrayList<>();
        wanted.stream().filter(root).forEach(ordered::add);
        rounds.forEach(round -> round.stream().filter(root.negate()).forEach(ordered::add));
        return ordered;
    }
}
