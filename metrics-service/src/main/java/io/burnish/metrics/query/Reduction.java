package io.burnish.metrics.query;

import io.burnish.metrics.query.MetricRequest.Function;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Several objects as one (monitoring 12.3): for every time of any object the values of all of them are added. An object without that time
 * contributes its nearest earlier moment, or its first when there is none earlier; one without any data contributes nothing. An average
 * is divided by the number of objects, whether they have data or not.
 */
final class Reduction {

    private Reduction() {}

    /** @param promised names that every moment has, 0 if nobody has a value */
    static List<Moment> of(Function function, List<List<Moment>> objects, Collection<String> promised) {
        SortedSet<Long> times = new TreeSet<>();
        objects.forEach(moments -> moments.forEach(moment -> times.add(moment.at())));
        int[] positions = new int[objects.size()];
        double divisor = function == Function.AVERAGE ? objects.size() : 1;
        List<Moment> merged = new ArrayList<>(times.size());
        for (long at : times) {
            SortedMap<String, Double> values = new TreeMap<>();
            promised.forEach(name -> values.put(name, 0.0));
            for (int i = 0; i < positions.length; i++) {
                List<Moment> moments = objects.get(i);
                if (!moments.isEmpty()) {
                    positions[i] = upTo(moments, positions[i], at);
                    moments.get(positions[i])
                            .values()
                            .forEach((name, value) -> values.merge(name, value / divisor, Double::sum));
                }
            }
            merged.add(new Moment(at, values));
        }
        return merged;
    }

    /** Position of the last moment that is not after a time, at least {@code from}. */
    private static int upTo(List<Moment> moments, int from, long at) {
        int position = from;
        while (position + 1 < moments.size() && moments.get(position + 1).at() <= at) {
            position++;
        }
        return position;
    }
}
