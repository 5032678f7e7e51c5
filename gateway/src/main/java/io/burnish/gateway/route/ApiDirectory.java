package io.burnish.gateway.route;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What {@code GET /api/} answers: every resource with its list and schema URL (API contract, core 1.2). */
public final class ApiDirectory {

    private static final String TEXT = write();

    private ApiDirectory() {}

    /** The JSON object. */
    public static String json() {
        return TEXT;
    }

    private static String write() {
        ObjectNode directory = JsonNodeFactory.instance.objectNode();
        RouteTable.resources().keySet().forEach(name -> {
            String path = "/api/" + name + "/";
            directory.putObject(name).put("list_endpoint", path).put("schema", path + "schema/");
        });
        return directory.toString();
    }
}
