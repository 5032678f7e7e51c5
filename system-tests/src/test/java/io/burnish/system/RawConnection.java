package io.burnish.system;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLContext;

/** One kept-alive connection to the door that sends whatever it is given; opened again when the door has closed it. */
final class RawConnection implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 120_000;
    private static final String LOOPBACK = "127.0.0.1";

    private final URI door;
    private final SSLContext trust;
    private final InetAddress from;
    private Socket socket;
    private InputStream in;
    private OutputStream out;

    /** @param from loopback address by which the door is to know this client */
    RawConnection(URI door, SSLContext trust, InetAddress from) {
        this.door = door;
        this.trust = trust;
        this.from = from;
    }

    /**
     * The answer to a request.
     *
     * @throws IOException if none came, also over a connection of its own
     */
    RawAnswer send(RawRequest request) throws IOException {
        boolean fresh = socket == null;
        try {
            return exchange(request);
        } catch (IOException e) {
            close();
            if (fresh) {
                throw e;
            }
            // the door may close a connection between two requests
            return exchange(request);
        }
    }

    private RawAnswer exchange(RawRequest request) throws IOException {
        if (socket == null) {
            socket = trust.getSocketFactory().createSocket(LOOPBACK, door.getPort(), from, 0);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream());
            out = socket.getOutputStream();
        }
        boolean broken = false;
        try {
            out.write(request.onTheWire(door.getAuthority()));
            out.flush();
        } catch (IOException e) {
            // refused before all was sent: the answer may be there
            broken = true;
        }
        RawAnswer answer = read(request.method().equals("HEAD"));
        if (broken || answer.header("Connection").equalsIgnoreCase("close")) {
            close();
        }
        return answer;
    }

    private RawAnswer read(boolean head) throws IOException {
        String[] status = line().split(" ", 3);
        int code = Integer.parseInt(status[1]);
        Map<String, List<String>> headers = new HashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        if (code < 200) {
            // "go on": the answer follows
            return read(head);
        }
        boolean empty = head || code == 204 || code == 304;
        return new RawAnswer(code, headers, empty ? new byte[0] : body(headers));
    }

    private byte[] body(Map<String, List<String>> headers) throws IOException {
        if (headers.containsKey("content-length")) {
            return exactly(Integer.parseInt(headers.get("content-length").getFirst()));
        }
        if (!headers.containsKey("transfer-encoding")) {
            byte[] rest = in.readAllBytes();
            close();
            return rest;
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int size = chunk(); size > 0; size = chunk()) {
            all.writeBytes(exactly(size));
            line();
        }
        line();
        return all.toByteArray();
    }

    private int chunk() throws IOException {
        return Integer.parseInt(line().strip(), 16);
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the answer breaks off");
        }
        return bytes;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("no answer");
            }
            if (c != '\r') {
                line.write(c);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException e) {
                // gone either way
            }
            socket = null;
        }
    }
}
