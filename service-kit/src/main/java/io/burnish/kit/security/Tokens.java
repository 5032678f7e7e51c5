package io.burnish.kit.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.burnish.kit.pki.PkiDirectory;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.JoseException;

/**
 * The short-lived signed tokens (JWT, ES256) by which services know callers.
 *
 * <p>User tokens are signed by the gateway's key alone: a request without one did not come through the gateway. Service tokens are
 * signed by the services' key and are good for {@code /internal/} only. A verified token is remembered until it expires, so the
 * signature is computed once per token and not once per request.
 */
@ApplicationScoped
public class Tokens {

    /** How long a token lives; a changed right takes at most this long to reach the services. */
    public static final Duration LIFETIME = Duration.ofSeconds(60);

    private static final Logger LOG = Logger.getLogger(Tokens.class);
    private static final String GATEWAY = "burnish-gateway";
    private static final String SERVICES = "burnish-services";

    private final PkiDirectory pki;
    private final String service;
    private final Cache<String, Verified> verified =
            Caffeine.newBuilder().maximumSize(20_000).expireAfterWrite(LIFETIME).build();
    private volatile Minted own;

    Tokens(PkiDirectory pki, @ConfigProperty(name = "quarkus.application.name") String service) {
        this.pki = pki;
        this.service = service;
    }

    private record Verified(Principal principal, Instant expires) {}

    private record Minted(String token, Instant renewAt) {}

    /** Signs a user token; only the gateway has the key. */
    public String mint(Principal user) {
        JwtClaims claims = claims(GATEWAY, LIFETIME);
        claims.setSubject(Long.toString(user.userId()));
        claims.setStringClaim("name", user.username());
        claims.setStringClaim("level", user.level().claim());
        claims.setClaim("read", user.mayRead());
        return sign(claims, pki.gatewaySigningKey());
    }

    /** A token of this service for calls to another one's {@code /internal/} paths. */
    public String ofThisService() {
        Minted present = own;
        Instant now = Instant.now();
        if (present == null || now.isAfter(present.renewAt())) {
            JwtClaims claims = claims(SERVICES, LIFETIME);
            claims.setSubject(service);
            present = new Minted(sign(claims, pki.serviceSigningKey()), now.plus(LIFETIME.dividedBy(2)));
            own = present;
        }
        return present.token();
    }

    /** The caller behind a user token; empty if the gateway did not sign it or it has expired. */
    public Optional<Principal> user(String token) {
        return verify(token, GATEWAY, pki::gatewayKey);
    }

    /** The service behind a service token; empty if it is none or has expired. */
    public Optional<Principal> service(String token) {
        return verify(token, SERVICES, pki::serviceKey);
    }

    /** @param key read from its file, which a token that is remembered does not need */
    private Optional<Principal> verify(String token, String issuer, Supplier<PublicKey> key) {
        String cacheKey = issuer + token;
        Verified known = verified.getIfPresent(cacheKey);
        if (known == null) {
            known = check(token, issuer, key.get());
            if (known == null) {
                return Optional.empty();
            }
            verified.put(cacheKey, known);
        }
        return Instant.now().isBefore(known.expires()) ? Optional.of(known.principal()) : Optional.empty();
    }

    private static Verified check(String token, String issuer, PublicKey key) {
        JwtConsumer consumer = new JwtConsumerBuilder()
                .setRequireExpirationTime()
                .setRequireSubject()
                .setAllowedClockSkewInSeconds(5)
                .setExpectedIssuer(issuer)
                .setVerificationKey(key)
                .setJwsAlgorithmConstraints(
                        AlgorithmConstraints.ConstraintType.PERMIT,
                        AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256)
                .build();
        try {
            JwtClaims claims = consumer.processToClaims(token);
            return new Verified(
                    principal(claims, issuer),
                    Instant.ofEpochSecond(claims.getExpirationTime().getValue()));
        } catch (InvalidJwtException | MalformedClaimException | IllegalArgumentException e) {
            LOG.debugf("token refused: %s", e.getMessage());
            return null;
        }
    }

    private static Principal principal(JwtClaims claims, String issuer) throws MalformedClaimException {
        if (issuer.equals(SERVICES)) {
            return new Principal(0, claims.getSubject(), Level.SUPERUSER, true, claims.getSubject());
        }
        return new Principal(
                Long.parseLong(claims.getSubject()),
                claims.getStringClaimValue("name"),
                Level.ofClaim(claims.getStringClaimValue("level")),
                claims.getClaimValue("read", Boolean.class),
                null);
    }

    private static JwtClaims claims(String issuer, Duration lifetime) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(issuer);
        claims.setIssuedAtToNow();
        NumericDate expires = NumericDate.now();
        expires.addSeconds(lifetime.toSeconds());
        claims.setExpirationTime(expires);
        return claims;
    }

    private static String sign(JwtClaims claims, PrivateKey key) {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setKey(key);
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("cannot sign a token: " + e.getMessage(), e);
        }
    }
}
