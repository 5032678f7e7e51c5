package io.burnish.platform.postgres;

import io.burnish.platform.process.OutputPump;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a server keeps: {@code data/} (PostgreSQL's own directory) and {@code superuser.password}.
 *
 * <p>A data directory appears under its name only when it is complete; an initialisation that was cut short starts again.
 */
record ServerDirectory(Path root) {

    /** Name of the superuser. */
    static final String SUPERUSER = "burnish";

    Path data() {
        return root.resolve("data");
    }

    Path passwordFile() {
        return root.resolve("superuser.password");
    }

    String password() throws IOException {
        return Files.readString(passwordFile()).strip();
    }

    /** Makes the directory ready for a start: initialised, and owned by the identity that the server runs as. */
    void prepare(PostgresPrograms programs, PostgresIdentity identity, boolean durable) throws IOException {
        Files.createDirectories(root);
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
        if (Files.notExists(passwordFile())) {
            writePassword();
        }
        identity.own(root);
        if (!Files.isDirectory(data())) {
            initialise(programs, identity, durable);
        }
    }

    private void writePassword() throws IOException {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        Path partial = root.resolve("superuser.password.partial");
        Files.deleteIfExists(partial);
        Files.createFile(partial, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(partial, HexFormat.of().formatHex(random));
        Files.move(partial, passwordFile(), StandardCopyOption.ATOMIC_MOVE);
    }

    private void initialise(PostgresPrograms programs, PostgresIdentity identity, boolean durable) throws IOException {
        Path partial = root.resolve("data.partial");
        PostgresPrograms.delete(partial);
        List<String> command = new ArrayList<>(identity.wrapper());
        command.addAll(List.of(
                programs.initdb().toString(),
                "--pgdata=" + partial,
                "--username=" + SUPERUSER,
                "--pwfile=" + passwordFile(),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C"));
        if (!durable) {
            command.add("--no-sync");
        }
        run(command);
        Files.move(partial, data(), StandardCopyOption.ATOMIC_MOVE);
    }

    private void run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .directory(root.toFile())
                .redirectErrorStream(true)
                .start();
        OutputPump output = OutputPump.of(process, line -> {});
        try {
            if (!process.waitFor(3, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IOException("initdb in " + root + " did not end within 3 minutes:\n" + output.tail());
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while PostgreSQL's data was initialised", e);
        }
        output.finish();
        if (process.exitValue() != 0) {
            throw new IOException(
                    "initdb in " + root + " failed (exit " + process.exitValue() + "):\n" + output.tail());
        }
    }
}
