package io.burnish.system;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.standalone.client.ApiClient;
import io.burnish.standalone.client.ApiReply;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks every operation of the running suite something that it grants, where that does no harm, and something that it refuses, and compares
 * all answers with the OpenAPI document. Needs a file system.
 */
final class DescribedOperations {

    private static final String NOBODY = "999999999";
    private static final Map<String, Object> NOTHING = Map.of();

    private final Lab lab;
    private final ApiDescription api;

    DescribedOperations(Lab lab, ApiDescription api) {
        this.lab = lab;
        this.api = api;
    }

    void ask() throws IOException {
        ApiClient anonymous = new ApiClient(lab.suite().url(), lab.suite().authority());
        for (String operation : api.operations()) {
            String method = operation.substring(0, operation.indexOf(' '));
            String path = operation.substring(operation.indexOf(' ') + 1);
            if (method.equals("GET")) {
                read(operation, path);
            } else {
                refused(operation, method, path);
            }
            if (!path.equals("/api/session/")) {
                exchange(anonymous, operation, method, filled(path, NOBODY), method.equals("GET") ? null : NOTHING);
            }
        }
        changes();
    }

    /** A real object where there is one, and one that does not exist. */
    private void read(String operation, String path) {
        String list = path.substring(
                0, path.indexOf('/', "/api/".length()) < 0 ? path.length() : path.indexOf('/', "/api/".length()) + 1);
        if (path.contains("{")) {
            String real = firstId(list).orElse(NOBODY);
            exchange(lab.client(), operation, "GET", filled(path, real) + query(operation), null);
            exchange(lab.client(), operation, "GET", filled(path, NOBODY) + query(operation), null);
        } else {
            exchange(lab.client(), operation, "GET", path + query(operation), null);
            if (api.operations().contains(operation)
                    && path.equals(list)
                    && path.startsWith("/api/")
                    && !path.equals("/api/")) {
                exchange(lab.client(), operation, "GET", path + "?limit=0", null);
                exchange(lab.client(), operation, "GET", path + "?limit=none", null);
            }
        }
    }

    /** The parameters without which nothing is answered, and for series a range. */
    private String query(String operation) {
        if (operation.endsWith("/metric/")) {
            return "?latest=true";
        }
        return api.required(operation).contains("composite_ids")
                ? "?composite_ids=59:" + firstId("/api/host/").orElseThrow()
                : "";
    }

    /** An empty body for an object that does not exist; for the list, a caller who may not. */
    private void refused(String operation, String method, String path) {
        if (path.contains("{")) {
            exchange(lab.client(), operation, method, filled(path, NOBODY), NOTHING);
        } else if (method.equals("POST") && !path.equals("/api/session/")) {
            exchange(lab.client(), operation, method, path, NOTHING);
        }
    }

    private void changes() throws IOException {
        JsonNode filesystem = lab.only("/api/filesystem/");
        String uri = filesystem.path("resource_uri").asText();
        send("PUT /api/filesystem/{id}/", uri, Map.of("state", "stopped", "dry_run", true));
        send(
                "PUT /api/filesystem/{id}/",
                uri,
                Map.of("state", filesystem.path("state").asText()));
        send("PUT /api/filesystem/{id}/", uri, Map.of("state", "nonsense"));
        send("PUT /api/filesystem/{id}/", uri, NOTHING);
        send("POST /api/filesystem/", "/api/filesystem/", Map.of("name", "far too long a name"));
        JsonNode ost = lab.objects("/api/target/?kind=OST&limit=1").getFirst();
        String target = ost.path("resource_uri").asText();
        send("PUT /api/target/{id}/", target, Map.of("state", "unmounted", "dry_run", true));
        send("PUT /api/target/{id}/", target, NOTHING);
        JsonNode host = lab.objects("/api/host/?limit=1").getFirst();
        String server = host.path("resource_uri").asText();
        send("PUT /api/host/{id}/", server, Map.of("state", host.path("state").asText()));
        send("PUT /api/host/{id}/", server, Map.of("state", "removed", "dry_run", true));
        JsonNode volume = lab.objects("/api/volume/?category=unused&limit=1").getFirst();
        send(
                "PUT /api/volume/{id}/",
                volume.path("resource_uri").asText(),
                Map.of("nodes", volume.path("volume_nodes")));
        send("PUT /api/volume/{id}/", ost.at("/volume/resource_uri").asText(), Map.of("nodes", List.of()));
        plans(target);
        accounts();
        tokens();
        JsonNode job = lab.objects("/api/job/?limit=1").getFirst();
        send(
                "PUT /api/job/{id}/",
                job.path("resource_uri").asText(),
                Map.of("state", job.path("state").asText()));
        lab.objects("/api/alert/?limit=1")
                .forEach(alert -> send(
                        "PATCH /api/alert/{id}/", alert.path("resource_uri").asText(), Map.of("dismissed", true)));
        send("PUT /api/alert/dismiss_all/", "/api/alert/dismiss_all/", NOTHING);
        send("PUT /api/command/dismiss_all/", "/api/command/dismiss_all/", NOTHING);
    }

    private void plans(String target) {
        Map<String, Object> wants = Map.of("wants", List.of(Map.of("object", target, "state", "unmounted")));
        JsonNode plan = succeed("POST /api/plan/", "/api/plan/", wants);
        exchange(
                lab.client(),
                "GET /api/plan/{id}/",
                "GET",
                plan.path("resource_uri").asText(),
                null);
        lab.succeed(send("POST /api/plan/{id}/apply/", plan.path("resource_uri").asText() + "apply/", NOTHING)
                .path("command"));
        lab.succeed(send("PUT /api/target/{id}/", target, Map.of("state", "mounted"))
                .path("command"));
        Object failover = Map.of(
                "class_name", "FailoverTargetJob", "args", Map.of("target_id", Long.parseLong(target.split("/")[3])));
        JsonNode command = succeed(
                "POST /api/command/", "/api/command/", Map.of("message", "Failover", "jobs", List.of(failover)));
        lab.succeed(command);
        exchange(
                lab.client(),
                "GET /api/command/{id}/",
                "GET",
                command.path("resource_uri").asText(),
                null);
    }

    private void accounts() throws IOException {
        String group = lab.only("/api/group/?name=filesystem_users")
                .path("resource_uri")
                .asText();
        JsonNode user = succeed(
                "POST /api/user/",
                "/api/user/",
                Map.of(
                        "username",
                        "described",
                        "email",
                        "described@lab.example",
                        "password1",
                        "a long secret",
                        "password2",
                        "a long secret",
                        "groups",
                        List.of(group)));
        String uri = user.path("resource_uri").asText();
        send(
                "PUT /api/user/{id}/",
                uri,
                Map.of("first_name", "Anna", "username", "described", "groups", List.of(group)));
        exchange(lab.client(), "DELETE /api/user/{id}/", "DELETE", uri, null);
        JsonNode key =
                succeed("POST /api/api_key/", "/api/api_key/", Map.of("name", "described", "role", "filesystem_users"));
        exchange(
                lab.client(),
                "DELETE /api/api_key/{id}/",
                "DELETE",
                key.path("resource_uri").asText(),
                null);
        ApiClient visitor = new ApiClient(lab.suite().url(), lab.suite().authority());
        exchange(visitor, "GET /api/session/", "GET", "/api/session/", null);
        exchange(visitor, "POST /api/session/", "POST", "/api/session/", NOTHING);
        exchange(
                visitor,
                "POST /api/session/",
                "POST",
                "/api/session/",
                Map.of("username", "nobody", "password", "nothing"));
        exchange(
                visitor,
                "POST /api/session/",
                "POST",
                "/api/session/",
                Map.of("username", "admin", "password", lab.suite().adminPassword()));
        exchange(visitor, "DELETE /api/session/", "DELETE", "/api/session/", null);
    }

    private void tokens() {
        String profile = lab.objects("/api/server_profile/?limit=1")
                .getFirst()
                .path("resource_uri")
                .asText();
        JsonNode token =
                succeed("POST /api/registration_token/", "/api/registration_token/", Map.of("profile", profile));
        send("PATCH /api/registration_token/{id}/", token.path("resource_uri").asText(), Map.of("cancelled", true));
    }

    private JsonNode send(String operation, String path, Object body) {
        return exchange(lab.client(), operation, operation.substring(0, operation.indexOf(' ')), path, body);
    }

    /** A request that must succeed. */
    private JsonNode succeed(String operation, String path, Object body) {
        String method = operation.substring(0, operation.indexOf(' '));
        ApiReply reply = lab.client().send(method, path, body);
        api.compare(operation, method + " " + path + " " + body, reply);
        return reply.orThrow(operation);
    }

    private JsonNode exchange(ApiClient client, String operation, String method, String path, Object body) {
        ApiReply reply = client.send(method, path, body);
        api.compare(operation, method + " " + path + (body == null ? "" : " " + body), reply);
        return reply.body();
    }

    private Optional<String> firstId(String list) {
        if (!api.operations().contains("GET " + list)) {
            return Optional.empty();
        }
        JsonNode objects = lab.client().get(list + "?limit=1").body().path("objects");
        String[] parts = objects.path(0).path("resource_uri").asText().split("/");
        return parts.length > 3 ? Optional.of(parts[3]) : Optional.empty();
    }

    private static String filled(String path, String id) {
        return path.replace("{id}", id).replace("{ids}", id);
    }
}
