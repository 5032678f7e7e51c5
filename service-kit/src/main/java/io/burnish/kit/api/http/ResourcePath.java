package io.burnish.kit.api.http;

import io.burnish.kit.api.Operation;
import io.burnish.kit.api.Resource;
import io.vertx.core.http.HttpMethod;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * Which URL of which resource a path is (API contract, core 1.1). Matching order: extra URLs, list, schema, set, detail.
 *
 * @param id of a detail URL (or of an extra one below it), or the ids of a set URL; {@code null} otherwise
 * @param methods of the URL; empty for schema and set, which are GET only and read from the declaration
 * @param slashMissing the same path with a slash at its end exists
 */
record ResourcePath(Resource resource, Form form, String id, Map<HttpMethod, Operation> methods, boolean slashMissing) {

    private static final int API = "/api/".length();
    private static final String SET = "set/";

    enum Form {
        LIST,
        SCHEMA,
        SET,
        DETAIL,
        EXTRA
    }

    static Optional<ResourcePath> of(String path, Map<String, Resource> resources) {
        if (path.length() <= API) {
            return Optional.empty();
        }
        boolean slashed = path.endsWith("/");
        String rest = slashed ? path.substring(API) : path.substring(API) + "/";
        int end = rest.indexOf('/');
        Resource resource = resources.get(rest.substring(0, end));
        if (resource == null) {
            return Optional.empty();
        }
        return Optional.of(match(resource, rest.substring(end + 1), !slashed));
    }

    /** @param tail what follows {@code /api/<resource>/}, ending in a slash unless empty */
    private static ResourcePath match(Resource resource, String tail, boolean slashMissing) {
        for (Resource.Extra extra : resource.extras()) {
            if (!extra.detail() && tail.equals(extra.path() + "/")) {
                return new ResourcePath(resource, Form.EXTRA, null, extra.methods(), slashMissing);
            }
            if (extra.detail() && tail.endsWith("/" + extra.path() + "/")) {
                String id = tail.substring(0, tail.length() - extra.path().length() - 2);
                return new ResourcePath(resource, Form.EXTRA, decoded(id), extra.methods(), slashMissing);
            }
        }
        if (tail.isEmpty()) {
            return new ResourcePath(resource, Form.LIST, null, resource.list(), slashMissing);
        }
        if (tail.equals("schema/") && resource.legacy()) {
            return new ResourcePath(resource, Form.SCHEMA, null, Map.of(), slashMissing);
        }
        if (tail.startsWith(SET) && tail.length() > SET.length()) {
            return new ResourcePath(
                    resource,
                    Form.SET,
                    decoded(tail.substring(SET.length(), tail.length() - 1)),
                    Map.of(),
                    slashMissing);
        }
        return new ResourcePath(
                resource, Form.DETAIL, decoded(tail.substring(0, tail.length() - 1)), resource.detail(), slashMissing);
    }

    private static String decoded(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return segment;
        }
    }
}
