package io.burnish.host.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.contracts.agent.CopytoolEvents;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What monitors of copytools post. */
class CopytoolEventsEndpointTest {

    private static Optional<CopytoolEvents> read(String body) {
        return CopytoolEventsEndpoint.read(9, body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theServerIsThatOfTheCertificate() {
        CopytoolEvents batch = read("""
                {"fqdn": "other.example", "hostId": 3, "copytool": "7", "run": "31", "monitor": "m", "first": 5,
                 "events": [{"event_type": "UNREGISTER"}]}""").orElseThrow();
        assertThat(batch.hostId()).isEqualTo(9);
        assertThat(batch.copytoolId()).isEqualTo(7);
        assertThat(batch.run()).isEqualTo("31");
        assertThat(batch.first()).isEqualTo(5);
        assertThat(batch.events()).hasSize(1);
        assertThat(read("{\"copytool\":\"7\",\"run\":null,\"monitor\":\"m\",\"first\":1,\"events\":[]}")
                        .orElseThrow()
                        .run())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no json",
                "[]",
                "{}",
                "{\"copytool\":\"x\",\"monitor\":\"m\",\"first\":1,\"events\":[]}",
                "{\"copytool\":\"99999999999999999999\",\"monitor\":\"m\",\"first\":1,\"events\":[]}",
                "{\"copytool\":\"7\",\"first\":1,\"events\":[]}",
                "{\"copytool\":\"7\",\"monitor\":\"m\",\"events\":[]}",
                "{\"copytool\":\"7\",\"monitor\":\"m\",\"first\":1}",
                "{\"copytool\":\"7\",\"monitor\":\"m\",\"first\":1,\"events\":[1]}"
            })
    void whatIsIncompleteIsRefused(String body) {
        assertThat(read(body)).isEmpty();
    }
}
