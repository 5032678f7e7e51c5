package io.burnish.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What breaks on servers behind the manager's back is an alert and a mail, and ends when it is over. */
class AlertsTest {

    private static final String NAME = "alertfs";
    private static final String ADDRESS = "nightwatch@lab.example";

    private final Lab lab = Lab.open();
    private String user;

    @BeforeEach
    void subscribed() {
        lab.removeFilesystems();
        user = lab.client()
                .post(
                        "/api/user/",
                        Map.of(
                                "username", "nightwatch",
                                "password1", "lustre",
                                "password2", "lustre",
                                "email", ADDRESS,
                                "groups", List.of("/api/group/3/")))
                .orThrow("creating a user")
                .path("resource_uri")
                .asText();
        for (JsonNode type : lab.objects("/api/alert_type/?limit=0")) {
            if (type.path("description").asText().equals("Target offline alert")) {
                lab.client()
                        .post(
                                "/api/alert_subscription/",
                                Map.of(
                                        "user",
                                        user,
                                        "alert_type",
                                        type.path("resource_uri").asText()))
                        .orThrow("subscribing");
            }
        }
    }

    @AfterEach
    void nothingIsLeft() {
        lab.client().delete(user).orThrow("removing the user");
        lab.removeFilesystems();
    }

    @Test
    void stoppedTargetIsAnAlertAndAMailAndEnds() throws IOException {
        lab.succeed(lab.createFilesystem(NAME).path("command"));
        JsonNode target = lab.objects("/api/target/?kind=OST&limit=0").getFirst();
        String uri = target.path("resource_uri").asText();
        String label = target.path("ha_label").asText();
        String server = target.path("active_host_name").asText();

        crm(server, label, "Stopped");
        assertThat(awaitRaised("TargetOfflineAlert", uri).path("severity").asText())
                .isEqualTo("ERROR");
        crm(server, label, "Started");
        awaitEnded("TargetOfflineAlert", uri);

        await().atMost(Lab.LIMIT).untilAsserted(() -> assertThat(String.join("\n", lab.mailsTo(ADDRESS)))
                .contains("Target " + target.path("name").asText() + " offline"));
    }

    private void crm(String server, String label, String role) throws IOException {
        ServerShell.run(
                lab.suite().data().simulator().resolve("ssh-hosts.json"),
                server,
                Lab.SERVER_PASSWORD,
                "crm_resource -r " + label + " -p target-role -m -v " + role);
    }

    private JsonNode awaitRaised(String type, String item) {
        await(type + " on " + item).atMost(Lab.LIMIT).until(() -> active(type, item)
                .isPresent());
        return active(type, item).orElseThrow();
    }

    private void awaitEnded(String type, String item) {
        await("end of " + type + " on " + item).atMost(Lab.LIMIT).until(() -> active(type, item)
                .isEmpty());
    }

    private Optional<JsonNode> active(String type, String item) {
        return lab.objects("/api/alert/?limit=0&active=true&alert_type=" + type).stream()
                .filter(alert -> alert.path("alert_item").asText().equals(item))
                .findFirst();
    }
}
