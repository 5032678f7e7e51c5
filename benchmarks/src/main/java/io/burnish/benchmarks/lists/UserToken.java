package io.burnish.benchmarks.lists;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

/**
 * A user token as the gateway signs it (JWT, ES256, see {@code service-kit}'s {@code Tokens}), for calls that go past the gateway.
 * It is signed with the installation's own key, and anew when half its life is over.
 */
final class UserToken {

    private static final Duration LIFETIME = Duration.ofSeconds(60);
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PrivateKey key;
    private String token;
    private Instant renewAt = Instant.MIN;

    private UserToken(PrivateKey key) {
        this.key = key;
    }

    /** Reads the key {@code gateway-token.pem} of a key directory. */
    static UserToken signedIn(Path pki) throws IOException, GeneralSecurityException {
        String pem = Files.readString(pki.resolve("gateway-token.pem"));
        String body = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        return new UserToken(KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body))));
    }

    /** A token that is good for half a minute at least. Belongs to one thread. */
    String value() {
        Instant now = Instant.now();
        if (now.isAfter(renewAt)) {
            token = sign(now);
            renewAt = now.plus(LIFETIME.dividedBy(2));
        }
        return token;
    }

    private String sign(Instant now) {
        try {
            String content = encoded(Map.of("alg", "ES256"))
                    + "."
                    + encoded(Map.of(
                            "iss", "burnish-gateway",
                            "iat", now.getEpochSecond(),
                            "exp", now.plus(LIFETIME).getEpochSecond(),
                            "sub", "1",
                            "name", "admin",
                            "level", "superuser",
                            "read", true));
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(key);
            signature.update(content.getBytes(StandardCharsets.US_ASCII));
            return content + "." + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot sign a token", e);
        }
    }

    private static String encoded(Map<String, ?> json) {
        try {
            return BASE64.encodeToString(JSON.writeValueAsBytes(json));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
