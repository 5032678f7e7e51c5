package io.burnish.metrics.query;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.Call;
import io.burnish.kit.api.Reply;
import io.burnish.metrics.query.MetricRequest.Merge;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Answers the metric URLs (API contract, storage 23). A request costs one statement for the objects (two for file systems) and two for the
 * samples, whatever the number of objects.
 */
@ApplicationScoped
public class MetricQueries {

    private final SeriesReader series;

    MetricQueries(SeriesReader series) {
        this.series = series;
    }

    /** {@code /api/<resource>/<id>/metric/}: a series; asked names without data are 0 in it. */
    public Reply one(MeasuredObjects objects, Call call) {
        Instant now = Instant.now();
        MetricRequest request = MetricParameters.ofDetail(call.parameters(), now);
        MeasuredObject object = objects.one(call.numericId()).orElseThrow(ApiError::notFoundJson);
        List<Moment> moments = moments(List.of(object), request, now).getFirst();
        moments.forEach(
                moment -> request.promised().forEach(name -> moment.values().putIfAbsent(name, 0.0)));
        return Reply.ok(MomentJson.of(moments));
    }

    /** {@code /api/<resource>/metric/}: a series per object, one of all objects, or one per group. */
    public Reply list(MeasuredObjects objects, Call call) {
        Instant now = Instant.now();
        MetricRequest request = MetricParameters.ofList(call.parameters(), now);
        String groupBy = request.merge().flatMap(Merge::groupBy).orElse(null);
        List<MeasuredObject> matching = objects.matching(call.parameters(), groupBy);
        List<List<Moment>> moments = moments(matching, request, now);
        if (request.merge().isEmpty()) {
            ObjectNode answer = JsonNodeFactory.instance.objectNode();
            for (int i = 0; i < matching.size(); i++) {
                answer.set(Long.toString(matching.get(i).id()), MomentJson.of(moments.get(i)));
            }
            return Reply.ok(answer);
        }
        return groupBy == null
                ? Reply.ok(MomentJson.of(merged(request, moments)))
                : Reply.ok(grouped(request, matching, moments));
    }

    /** The newest values of each object by name, in the order of the objects; nothing of what was never measured. */
    public List<Map<String, Double>> newest(List<MeasuredObject> objects, List<String> names) {
        MetricRequest request = new MetricRequest(names, new Period.Latest(), Optional.empty(), Optional.empty());
        return moments(objects, request, Instant.now()).stream()
                .<Map<String, Double>>map(moments -> moments.getFirst().values())
                .toList();
    }

    private static ObjectNode grouped(MetricRequest request, List<MeasuredObject> objects, List<List<Moment>> moments) {
        Map<String, List<List<Moment>>> groups = new TreeMap<>();
        for (int i = 0; i < objects.size(); i++) {
            List<Moment> own = moments.get(i);
            objects.get(i).group().ifPresent(group -> groups.computeIfAbsent(group, key -> new ArrayList<>())
                    .add(own));
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        groups.forEach((group, members) -> answer.set(group, MomentJson.of(merged(request, members))));
        return answer;
    }

    private static List<Moment> merged(MetricRequest request, List<List<Moment>> objects) {
        boolean latest = request.period() instanceof Period.Latest;
        List<List<Moment>> measured = objects.stream()
                .map(moments ->
                        latest ? moments.stream().filter(m -> m.at() != 0).toList() : moments)
                .toList();
        List<Moment> merged = Reduction.of(request.merge().orElseThrow().function(), measured, request.promised());
        if (merged.isEmpty() && latest && !objects.isEmpty()) {
            Moment never = Moment.never();
            request.promised().forEach(name -> never.values().put(name, 0.0));
            return List.of(never);
        }
        return merged;
    }

    /** The moments of each object, in the order of the objects. */
    private List<List<Moment>> moments(List<MeasuredObject> objects, MetricRequest request, Instant now) {
        Collection<String> refs = objects.stream()
                .flatMap(object -> object.measured().stream())
                .map(Object::toString)
                .distinct()
                .toList();
        Map<String, List<MeasuredSeries>> found =
                switch (request.period()) {
                    case Period.Latest latest -> series.latest(refs, request.selection());
                    case Period.Range range -> series.range(refs, request.selection(), range, now);
                };
        return objects.stream().map(object -> moments(object, request, found)).toList();
    }

    private static List<Moment> moments(
            MeasuredObject object, MetricRequest request, Map<String, List<MeasuredSeries>> found) {
        return switch (object) {
            case MeasuredObject.Single single -> {
                List<MeasuredSeries> own = found.getOrDefault(single.ref().toString(), List.of());
                yield switch (request.period()) {
                    case Period.Latest latest -> List.of(Timeline.latest(own).orElseGet(Moment::never));
                    case Period.Range range -> timeline(own, range, request);
                };
            }
            case MeasuredObject.Filesystem filesystem -> {
                FilesystemFigures figures = new FilesystemFigures(filesystem);
                List<List<MeasuredSeries>> counted = figures.counted(found);
                yield switch (request.period()) {
                    case Period.Latest latest ->
                        List.of(figures.latest(
                                        counted.stream().map(Timeline::latest).toList())
                                .orElseGet(Moment::never));
                    case Period.Range range ->
                        figures.range(counted.stream()
                                .map(own -> timeline(own, range, request))
                                .toList());
                };
            }
        };
    }

    private static List<Moment> timeline(List<MeasuredSeries> own, Period.Range range, MetricRequest request) {
        return request.job().isPresent()
                ? Timeline.ofJobs(
                        own,
                        range,
                        (Selection.OfJobs) request.selection(),
                        request.job().get())
                : Timeline.of(own, range);
    }
}
