package io.burnish.agent.testing;

import io.burnish.agent.registration.Identity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** A certificate authority for tests, with real certificates made by openssl. */
public final class TestAuthority {

    private final Path directory;

    public TestAuthority(Path directory, String name) {
        this.directory = directory;
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        openssl(
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=" + name,
                "-keyout",
                file("ca.pem"),
                "-out",
                file("ca.crt"));
    }

    public Path certificate() {
        return directory.resolve("ca.crt");
    }

    /** Key and certificate for a server at localhost: {@code NAME.pem} and {@code NAME.crt}. */
    public void issueForLocalhost(String name) {
        issue(name, "subjectAltName=DNS:localhost,IP:127.0.0.1");
    }

    public Path key(String name) {
        return directory.resolve(name + ".pem");
    }

    public Path certificate(String name) {
        return directory.resolve(name + ".crt");
    }

    /** Makes a state directory the identity of a registered server. */
    public Identity register(Path state, String fqdn) {
        issue(fqdn, "subjectAltName=DNS:" + fqdn);
        Identity identity = new Identity(state);
        try {
            Files.createDirectories(state);
            Files.copy(certificate(), identity.authority(), StandardCopyOption.REPLACE_EXISTING);
            Files.copy(key(fqdn), identity.key(), StandardCopyOption.REPLACE_EXISTING);
            Files.copy(certificate(fqdn), identity.certificate(), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return identity;
    }

    /** Signs a request. */
    public String sign(String csr) {
        try {
            Path request = Files.writeString(directory.resolve("request.csr"), csr);
            openssl(
                    "x509",
                    "-req",
                    "-days",
                    "2",
                    "-sha256",
                    "-in",
                    request.toString(),
                    "-CA",
                    file("ca.crt"),
                    "-CAkey",
                    file("ca.pem"),
                    "-CAcreateserial",
                    "-out",
                    file("signed.crt"));
            return Files.readString(directory.resolve("signed.crt"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void issue(String name, String extension) {
        try {
            Path extensions = Files.writeString(directory.resolve(name + ".ext"), extension + "\n");
            openssl(
                    "req",
                    "-new",
                    "-newkey",
                    "ec",
                    "-pkeyopt",
                    "ec_paramgen_curve:prime256v1",
                    "-nodes",
                    "-subj",
                    "/CN=" + name,
                    "-keyout",
                    file(name + ".pem"),
                    "-out",
                    file(name + ".csr"));
            openssl(
                    "x509",
                    "-req",
                    "-days",
                    "2",
                    "-in",
                    file(name + ".csr"),
                    "-CA",
                    file("ca.crt"),
                    "-CAkey",
                    file("ca.pem"),
                    "-CAcreateserial",
                    "-extfile",
                    extensions.toString(),
                    "-out",
                    file(name + ".crt"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String file(String name) {
        return directory.resolve(name).toString();
    }

    private static void openssl(String... args) {
        List<String> line = new java.util.ArrayList<>(List.of("openssl"));
        line.addAll(List.of(args));
        try {
            Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(line + ": " + output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
