package io.burnish.platform.kafka;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** A broker's directory, formatted on first use; a format that was cut short is done again with the same identity. */
record LogDirectory(Path root) {

    static final int NODE_ID = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    void format() throws IOException {
        Files.createDirectories(root);
        String directory = root.toString();
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try (PrintStream print = new PrintStream(output, true, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setNodeId(NODE_ID)
                    .setDirectories(List.of(directory))
                    .setMetadataLogDirectory(directory)
                    .setClusterId(clusterId())
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setControllerListenerName(CONTROLLER_LISTENER)
                    .setIgnoreFormatted(true)
                    .setPrintStream(print)
                    .run();
        } catch (Exception e) {
            throw new IOException(
                    "cannot format Kafka's directory " + root + ": " + e.getMessage() + " "
                            + output.toString(StandardCharsets.UTF_8),
                    e);
        }
    }

    /** That of the directory; a new one if it is not formatted. */
    private String clusterId() throws IOException {
        Path meta = root.resolve("meta.properties");
        Properties properties = new Properties();
        if (Files.exists(meta)) {
            try (InputStream input = Files.newInputStream(meta)) {
                properties.load(input);
            }
        }
        return properties.getProperty("cluster.id", Uuid.randomUuid().toString());
    }
}
