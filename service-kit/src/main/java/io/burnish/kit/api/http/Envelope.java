package io.burnish.kit.api.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.kit.api.Resource;
import io.burnish.kit.api.query.Page;
import io.burnish.kit.api.query.Parameters;
import io.vertx.core.buffer.Buffer;
import java.util.Map;

/** What lists are wrapped in (API contract, core 1.6), in parts: long lists are sent while they are read. */
final class Envelope {

    static final String END = "]}";
    static final String SEPARATOR = ", ";

    private Envelope() {}

    /** A whole list; its objects are separated by {@link #SEPARATOR}. */
    static Buffer of(Resource resource, Parameters parameters, Page page, Buffer objects, long total) {
        String begin = begin(resource, parameters, page, total);
        return Buffer.buffer(begin.length() + objects.length() + END.length())
                .appendString(begin)
                .appendBuffer(objects)
                .appendString(END);
    }

    /** Everything before the objects. */
    static String begin(Resource resource, Parameters parameters, Page page, long total) {
        // without a limit as many are given as there are: that number is the limit that was effective
        long limit = page.unlimited() ? Math.max(Page.MAX_LIMIT, total) : page.limit();
        ObjectNode meta = JsonNodeFactory.instance.objectNode();
        meta.put("limit", limit);
        meta.put(
                "next",
                page.unlimited() || page.offset() + limit >= total
                        ? null
                        : link(resource, parameters, limit, page.offset() + limit));
        meta.put("offset", page.offset());
        meta.put(
                "previous",
                page.offset() - limit < 0 ? null : link(resource, parameters, limit, page.offset() - limit));
        meta.put("total_count", total);
        return "{\"meta\": " + meta + ", \"objects\": [";
    }

    private static String link(Resource resource, Parameters parameters, long limit, long offset) {
        return resource.path() + "?"
                + parameters.queryWith(Map.of("limit", Long.toString(limit), "offset", Long.toString(offset)));
    }
}
