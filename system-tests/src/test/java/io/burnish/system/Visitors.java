package io.burnish.system;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.standalone.client.ApiClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One account of each role, each with a session and API keys; removed when closed. */
final class Visitors implements AutoCloseable {

    private static final String PASSWORD = "a visitor's password";

    private final Lab lab;
    private final List<Visitor> all = new ArrayList<>();
    private final List<String> accounts = new ArrayList<>();

    /**
     * Somebody at the door.
     *
     * @param headers what the requests carry: cookies with token, or a key
     * @param id of the account; 0 for nobody
     */
    record Visitor(String name, RightsTable.Column column, List<String> headers, long id, String username) {

        boolean hasKey() {
            return headers.stream().anyMatch(header -> header.startsWith("Authorization:"));
        }

        RawRequest request(String method, String target) {
            return new RawRequest(method, target, headers, null);
        }
    }

    Visitors(Lab lab) throws Exception {
        this.lab = lab;
        all.add(nobody(
                "anonymous",
                RightsTable.Column.ANONYMOUS,
                new ApiClient(lab.suite().url(), lab.suite().authority())));
        account("visiting-user", RightsTable.Column.FSUSER, 3, List.of("filesystem_users"));
        account("visiting-admin", RightsTable.Column.FSADMIN, 2, List.of("filesystem_administrators"));
        account("visiting-superuser", RightsTable.Column.SUPERUSER, 1, List.of("superusers", "filesystem_users"));
    }

    /** An anonymous caller with the cookies of an anonymous session. */
    static Visitor nobody(String name, RightsTable.Column column, ApiClient client) {
        client.get("/api/session/").orThrow("GET /api/session/");
        return new Visitor(name, column, cookies(client), 0, "");
    }

    private static List<String> cookies(ApiClient client) {
        return List.of(
                "Cookie: sessionid=" + client.cookie("sessionid") + "; csrftoken=" + client.cookie("csrftoken"),
                "X-CSRFToken: " + client.cookie("csrftoken"));
    }

    private void account(String name, RightsTable.Column column, int group, List<String> roles) throws Exception {
        JsonNode user = lab.client()
                .post(
                        "/api/user/",
                        Map.of(
                                "username",
                                name,
                                "password1",
                                PASSWORD,
                                "password2",
                                PASSWORD,
                                "groups",
                                List.of("/api/group/" + group + "/")))
                .orThrow("making " + name);
        long id = user.path("id").asLong();
        accounts.add(user.path("resource_uri").asText());
        ApiClient client = new ApiClient(lab.suite().url(), lab.suite().authority()).login(name, PASSWORD);
        all.add(new Visitor(name, column, cookies(client), id, name));
        for (String role : roles) {
            String secret = client.post("/api/api_key/", Map.of("name", role, "role", role))
                    .orThrow("a key of " + name)
                    .path("secret")
                    .asText();
            RightsTable.Column rights = role.equals("filesystem_users") ? RightsTable.Column.FSUSER : column;
            all.add(new Visitor(
                    "key of " + name + " as " + role, rights, List.of("Authorization: Bearer " + secret), id, name));
        }
    }

    List<Visitor> all() {
        return List.copyOf(all);
    }

    Visitor named(String name) {
        return all.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    }

    /** The account has nobody's rights above those of its role; with it go its sessions and keys. */
    @Override
    public void close() {
        accounts.forEach(uri -> lab.client().delete(uri));
    }
}
