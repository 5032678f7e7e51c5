package io.burnish.benchmarks.lists;

import java.util.Arrays;

/** What is asked of the resource of servers. */
enum ListRequest {
    PAGE("list of 20", "/api/host/?limit=20", "true", "id"),
    FILTERED(
            "filter and order",
            "/api/host/?fqdn__startswith=oss01&order_by=-fqdn&limit=20",
            "fqdn LIKE 'oss01%'",
            "fqdn DESC"),
    DETAIL("detail", "/api/host/1000/", "id = 1000", "id"),
    EVERYTHING("limit=0", "/api/host/?limit=0", "true", "id");

    private final String title;
    private final String path;
    private final String condition;
    private final String order;

    ListRequest(String title, String path, String condition, String order) {
        this.title = title;
        this.path = path;
        this.condition = condition;
        this.order = order;
    }

    String title() {
        return title;
    }

    /** Path with its query. */
    String path() {
        return path;
    }

    /** The same condition in SQL. */
    String condition() {
        return condition;
    }

    /** The same order in SQL. */
    String order() {
        return order;
    }

    /** The request with that path and query. */
    static ListRequest of(String path) {
        return Arrays.stream(values())
                .filter(request -> request.path.equals(path))
                .findFirst()
                .orElseThrow();
    }
}
