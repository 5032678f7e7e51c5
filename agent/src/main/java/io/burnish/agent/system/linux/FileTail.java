package io.burnish.agent.system.linux;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** Follows a file that another process writes. */
final class FileTail {

    private static final int PIECE = 64 * 1024;

    private final Path file;
    private long position;

    FileTail(Path file) {
        this.file = file;
    }

    /** What was added since the last call. A character torn over two calls is replaced. */
    Optional<String> next() throws IOException {
        try (InputStream in = new FileInputStream(file.toFile())) {
            in.skipNBytes(position);
            byte[] piece = in.readNBytes(PIECE);
            position += piece.length;
            return piece.length == 0 ? Optional.empty() : Optional.of(new String(piece, StandardCharsets.UTF_8));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    /** The whole content within bounds; empty if there is no such file. */
    static String whole(Path file, int limit) throws IOException {
        OutputBuffer buffer = new OutputBuffer(limit);
        try (Reader reader = new InputStreamReader(new FileInputStream(file.toFile()), StandardCharsets.UTF_8)) {
            char[] piece = new char[8192];
            for (int n = reader.read(piece); n >= 0; n = reader.read(piece)) {
                buffer.append(new String(piece, 0, n));
            }
        } catch (FileNotFoundException e) {
            return "";
        }
        return buffer.toString();
    }
}
