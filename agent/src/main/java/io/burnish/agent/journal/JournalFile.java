package io.burnish.agent.journal;

import io.burnish.contracts.ContractJson;
import io.burnish.contracts.MalformedMessageException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * Records on disk, one line each: CRC-32 of the rest of the line in hexadecimal, a blank, JSON. A record is on the disk when
 * {@link #append} returns. A line that does not match its checksum is the trace of a write that was torn by a crash, so nobody
 * relied on it; it is left out, and cut off if it is the last.
 *
 * <p>Uses no interruptible channel: the thread of an action that is being cancelled must still be able to write.
 */
final class JournalFile implements AutoCloseable {

    private static final int CRC_DIGITS = 8;

    private final Path path;
    private final boolean sync;
    private RandomAccessFile file;
    private long end;

    JournalFile(Path path, boolean sync) throws IOException {
        this.path = path;
        this.sync = sync;
        Files.createDirectories(path.getParent());
        this.file = new RandomAccessFile(path.toFile(), "rw");
    }

    /** A record and where it begins. */
    record Located(JournalRecord record, long offset) {}

    /** Reads everything that is intact and positions the end for appending. */
    List<Located> load() throws IOException {
        List<Located> records = new ArrayList<>();
        long offset = 0;
        end = 0;
        try (InputStream in = new BufferedInputStream(new FileInputStream(path.toFile()), 1 << 16)) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int b = in.read(); b >= 0; b = in.read()) {
                if (b != '\n') {
                    line.write(b);
                    continue;
                }
                long start = offset;
                offset += line.size() + 1L;
                Optional<JournalRecord> record = parse(line.toString(StandardCharsets.UTF_8));
                if (record.isPresent()) {
                    records.add(new Located(record.get(), start));
                    end = offset;
                }
                line.reset();
            }
        }
        file.setLength(end);
        return records;
    }

    /** Writes a record and returns where it begins. */
    long append(JournalRecord record) throws IOException {
        long offset = end;
        byte[] line = line(record);
        file.seek(offset);
        file.write(line);
        if (sync) {
            file.getFD().sync();
        }
        end = offset + line.length;
        return offset;
    }

    /** The record that begins there. */
    JournalRecord read(long offset) throws IOException {
        file.seek(offset);
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        for (int n = file.read(buffer); n > 0; n = file.read(buffer)) {
            int stop = indexOfNewline(buffer, n);
            line.write(buffer, 0, stop < 0 ? n : stop);
            if (stop >= 0) {
                break;
            }
        }
        return parse(line.toString(StandardCharsets.UTF_8))
                .orElseThrow(() -> new IOException("damaged record at " + offset + " of " + path));
    }

    /** Replaces the content: afterwards the file holds these records, or, after a crash meanwhile, what it held before. */
    void replace(List<JournalRecord> records) throws IOException {
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        try (RandomAccessFile out = new RandomAccessFile(fresh.toFile(), "rw")) {
            out.setLength(0);
            for (JournalRecord record : records) {
                out.write(line(record));
            }
            out.getFD().sync();
        }
        file.close();
        Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        syncDirectory(path.getParent());
        file = new RandomAccessFile(path.toFile(), "rw");
    }

    /** Bytes on disk. */
    long size() {
        return end;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private static byte[] line(JournalRecord record) {
        byte[] json = ContractJson.write(record);
        CRC32 crc = new CRC32();
        crc.update(json);
        byte[] head = "%08x ".formatted(crc.getValue()).getBytes(StandardCharsets.US_ASCII);
        byte[] line = new byte[head.length + json.length + 1];
        System.arraycopy(head, 0, line, 0, head.length);
        System.arraycopy(json, 0, line, head.length, json.length);
        line[line.length - 1] = '\n';
        return line;
    }

    private static Optional<JournalRecord> parse(String line) {
        if (line.length() <= CRC_DIGITS + 1 || line.charAt(CRC_DIGITS) != ' ') {
            return Optional.empty();
        }
        byte[] json = line.substring(CRC_DIGITS + 1).getBytes(StandardCharsets.UTF_8);
        CRC32 crc = new CRC32();
        crc.update(json);
        try {
            if (Long.parseLong(line.substring(0, CRC_DIGITS), 16) != crc.getValue()) {
                return Optional.empty();
            }
            return Optional.of(ContractJson.read(json, JournalRecord.class));
        } catch (NumberFormatException | MalformedMessageException e) {
            return Optional.empty();
        }
    }

    private static int indexOfNewline(byte[] buffer, int length) {
        for (int i = 0; i < length; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private static void syncDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
