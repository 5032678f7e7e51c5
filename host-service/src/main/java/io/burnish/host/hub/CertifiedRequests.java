package io.burnish.host.hub;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jboss.logging.Logger;

/** Serves {@link CertifiedEndpoint}s: 403 without a certificate that is registered and not revoked, 405 for other methods than POST. */
@ApplicationScoped
class CertifiedRequests {

    private static final Logger LOG = Logger.getLogger(CertifiedRequests.class);
    private static final int LARGEST_BODY = 1 << 20;

    private final AgentCertificates certificates;
    private final Map<String, CertifiedEndpoint> endpoints = new HashMap<>();

    CertifiedRequests(AgentCertificates certificates, @Any Instance<CertifiedEndpoint> endpoints) {
        this.certificates = certificates;
        endpoints.forEach(endpoint -> this.endpoints.put(endpoint.path(), endpoint));
    }

    void serve(HttpServerRequest request) {
        CertifiedEndpoint endpoint = endpoints.get(request.path());
        if (endpoint == null) {
            end(request, 404, "");
        } else if (request.method() != HttpMethod.POST) {
            request.response().putHeader("Allow", "POST");
            end(request, 405, "");
        } else {
            request.body()
                    .compose(body -> certificates.identify(certificate(request)).map(verdict -> {
                        answer(request, endpoint, verdict, body);
                        return body;
                    }))
                    .onFailure(failure -> end(request, 503, ""));
        }
    }

    private static void answer(
            HttpServerRequest request, CertifiedEndpoint endpoint, AgentCertificates.Verdict verdict, Buffer body) {
        switch (verdict) {
            case AgentCertificates.Verdict.Refused refused -> {
                LOG.infof("%s refused to %s: %s", request.path(), request.remoteAddress(), refused.why());
                end(request, 403, "");
            }
            case AgentCertificates.Verdict.Known known when body.length() > LARGEST_BODY -> end(request, 413, "");
            case AgentCertificates.Verdict.Known known ->
                Thread.ofVirtual().name("agent-request-" + known.fqdn()).start(() -> {
                    try {
                        CertifiedEndpoint.Answer answer = endpoint.handle(known.hostId(), body.getBytes());
                        end(request, answer.status(), answer.body());
                    } catch (RuntimeException e) {
                        LOG.warnf(e, "%s of %s failed", request.path(), known.fqdn());
                        end(request, 503, "");
                    }
                });
        }
    }

    private static void end(HttpServerRequest request, int status, String body) {
        request.response().setStatusCode(status);
        if (!body.isEmpty()) {
            request.response().putHeader("Content-Type", "application/json");
        }
        request.response().end(body);
    }

    private static X509Certificate certificate(HttpServerRequest request) {
        try {
            return (X509Certificate) request.connection().peerCertificates().getFirst();
        } catch (SSLPeerUnverifiedException e) {
            throw new IllegalStateException("TLS let a client without certificate in", e);
        }
    }
}
