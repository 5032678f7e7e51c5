package io.burnish.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server leaves with all that rests on it, and comes back by the installer's line. */
class ServerTest {

    private static final String NAME = "smallfs";
    private static final String SERVER = "oss2.lab.example";

    private final Lab lab = Lab.open();

    @BeforeEach
    @AfterEach
    void nothingIsLeft() {
        lab.removeFilesystems();
    }

    @Test
    void removedServerTakesItsTargetsAlongAndComesBackWithAToken() throws Exception {
        lab.succeed(lab.createFilesystem(NAME).path("command"));
        JsonNode removal = lab.client()
                .delete(lab.only("/api/host/?fqdn=" + SERVER)
                        .path("resource_uri")
                        .asText())
                .orThrow("DELETE " + SERVER)
                .path("command");
        assertThat(removal.path("message").asText()).isEqualTo("Remove host " + SERVER + " from configuration");
        lab.succeed(removal);

        // orchestration 14.6, with four object targets
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            expected.addAll(List.of("StopTargetJob", "RemoveConfiguredTargetJob"));
        }
        expected.addAll(List.of("UnconfigureNTPJob", "StopLNetJob", "StopPacemakerJob", "StopCorosync2Job"));
        expected.addAll(
                List.of("UnloadLNetJob", "UnconfigureCorosync2Job", "UnconfigureLNetJob", "RemoveManagedHostJob"));
        List<JsonNode> jobs = lab.jobs(removal);
        assertThat(jobs)
                .extracting(job -> job.path("class_name").asText())
                .containsExactlyInAnyOrderElementsOf(expected)
                .last()
                .isEqualTo("RemoveManagedHostJob");
        assertThat(lab.objects("/api/host/?limit=0")).hasSize(3);
        assertThat(lab.objects("/api/target/?kind=OST&limit=0")).isEmpty();
        assertThat(lab.only("/api/filesystem/?name=" + NAME).path("state").asText())
                .isEqualTo("available");

        comeBack();
        assertThat(lab.tour().awaitVolumes()).hasSize(12);
    }

    /** As the web interface does it: register without a profile, look which ones fit, assign one. */
    private void comeBack() throws Exception {
        String line = lab.client()
                .post("/api/registration_token/", Map.of("profile", "/api/server_profile/default/"))
                .orThrow("a token")
                .path("register_command")
                .asText();
        assertThat(line).startsWith("curl ");
        ServerShell.run(lab.suite().data().simulator().resolve("ssh-hosts.json"), SERVER, Lab.SERVER_PASSWORD, line);
        JsonNode host = lab.only("/api/host/?fqdn=" + SERVER);
        assertThat(host.path("state").asText()).isEqualTo("unconfigured");
        // the token had one credit
        assertThat(lab.objects("/api/registration_token/?limit=0")).isEmpty();

        String profile = "/api/host_profile/" + host.path("id").asLong() + "/";
        await().atMost(Duration.ofMinutes(1)).until(() -> lab.client()
                .get(profile)
                .orThrow("GET " + profile)
                .path("profiles_valid")
                .asBoolean());
        JsonNode fit = lab.client().get(profile).orThrow("GET " + profile);
        assertThat(fit.path("profiles").path("base_managed_rh7"))
                .as(fit.toString())
                .isNotEmpty()
                .allMatch(rule -> rule.path("pass").asBoolean());
        JsonNode commands =
                lab.client().put(profile, Map.of("profile", "base_managed_rh7")).orThrow("PUT " + profile);
        assertThat(commands).as(commands.toString()).hasSize(1);
        assertThat(commands.get(0).path("message").asText()).isEqualTo("Setup managed host " + SERVER);
        lab.succeed(commands.get(0));
        assertThat(lab.only("/api/host/?fqdn=" + SERVER).path("state").asText()).isEqualTo("managed");
        assertThat(lab.client()
                        .put(profile, Map.of("profile", "base_managed_rh7"))
                        .status())
                .isEqualTo(204);
    }
}
