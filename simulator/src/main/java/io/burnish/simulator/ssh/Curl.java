package io.burnish.simulator.ssh;

import io.burnish.simulator.server.VirtualServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** {@code curl}, really over the network: {@code -k}, {@code --cacert}, {@code -o}, {@code -f}. */
final class Curl {

    private Curl() {}

    static VirtualShell.Output run(VirtualServer server, List<String> words) throws InterruptedException {
        String url = words.stream()
                .filter(word -> word.startsWith("http"))
                .findFirst()
                .orElse("");
        int ca = words.indexOf("--cacert");
        int out = words.indexOf("-o");
        try (HttpClient client = HttpClient.newBuilder()
                .sslContext(
                        ca < 0
                                ? trusting()
                                : trusting(
                                        server.read(Path.of(words.get(ca + 1))).orElse("")))
                .connectTimeout(Duration.ofSeconds(10))
                .build()) {
            HttpResponse<byte[]> answer = client.send(
                    HttpRequest.newBuilder(URI.create(url))
                            .timeout(Duration.ofSeconds(60))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            boolean fails = words.stream().anyMatch(word -> word.matches("-[a-zA-Z]*f[a-zA-Z]*"));
            if (answer.statusCode() >= 400 && fails) {
                return new VirtualShell.Output(
                        22, "", "curl: (22) The requested URL returned error: " + answer.statusCode() + "\n");
            }
            return new VirtualShell.Output(0, out >= 0 ? "" : new String(answer.body(), StandardCharsets.UTF_8), "");
        } catch (IOException | GeneralSecurityException e) {
            return new VirtualShell.Output(7, "", "curl: (7) " + e + "\n");
        }
    }

    private static SSLContext trusting(String pem) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry(
                "ca",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /** As {@code -k}: anybody. */
    private static SSLContext trusting() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Anybody()}, new SecureRandom());
        return context;
    }

    private static final class Anybody extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
