package io.burnish.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.testsupport.PlatformTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

/** Clients that send or read next to nothing do not hold connections to services. */
@QuarkusTest
@QuarkusTestResource(PlatformTestResource.class)
@QuarkusTestResource(Neighbour.class)
@TestProfile(SlowClientTest.Impatient.class)
class SlowClientTest {

    private static final int PATIENCE_MILLIS = 60_000;

    /** Does not wait long. */
    public static final class Impatient implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("burnish.door.slow-sender", "PT1S", "burnish.door.slow-reader", "PT1S");
        }
    }

    private static SSLSocket connect(String request) throws IOException {
        SSLSocket socket = AnyCertificate.connect(Neighbour.DOOR.get());
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return socket;
    }

    @Test
    void bodyThatDoesNotComeIsRefused() throws Exception {
        Response session = Visitor.anybody().get("/api/session/");
        String request =
                "POST /api/session/ HTTP/1.1\r\nHost: localhost\r\nCookie: csrftoken=%1$s\r\nX-CSRFToken: %1$s\r\nContent-Length: 100\r\n\r\n{"
                        .formatted(session.cookie("csrftoken"));
        try (SSLSocket socket = connect(request)) {
            BufferedReader answer = new BufferedReader(new InputStreamReader(socket.getInputStream()));
            assertThat(answer.readLine()).startsWith("HTTP/1.1 408");
        }
    }

    @Test
    void answerThatIsNotReadIsCutOff() throws Exception {
        Response login = Visitor.login("admin", Visitor.ADMIN_PASSWORD);
        String request = "GET /api/host/endless/ HTTP/1.1\r\nHost: localhost\r\nCookie: sessionid=%s\r\n\r\n"
                .formatted(login.cookie("sessionid"));
        try (SSLSocket socket = connect(request)) {
            // the service, which writes as long as somebody takes it, is let go
            Neighbour.CUT_OFF.get().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            assertThat(socket.isConnected()).isTrue();
        }
    }
}
