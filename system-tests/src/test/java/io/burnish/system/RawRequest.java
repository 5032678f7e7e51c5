package io.burnish.system;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A request exactly as it goes over the wire, however wrong.
 *
 * @param target path and query; each character is one byte
 * @param headers lines like {@code Accept: *}{@code /*}; each character is one byte
 * @param body {@code null}: none, and no Content-Length
 */
record RawRequest(String method, String target, List<String> headers, byte[] body) {

    static RawRequest of(String method, String target) {
        return new RawRequest(method, target, List.of(), null);
    }

    RawRequest with(String header) {
        List<String> more = new ArrayList<>(headers);
        more.add(header);
        return new RawRequest(method, target, more, body);
    }

    RawRequest with(List<String> someHeaders) {
        List<String> more = new ArrayList<>(headers);
        more.addAll(someHeaders);
        return new RawRequest(method, target, more, body);
    }

    RawRequest json(String text) {
        return with("Content-Type: application/json").bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    RawRequest bytes(byte[] someBody) {
        return new RawRequest(method, target, headers, someBody);
    }

    byte[] onTheWire(String host) {
        StringBuilder head = new StringBuilder(method)
                .append(' ')
                .append(target)
                .append(" HTTP/1.1\r\nHost: ")
                .append(host)
                .append("\r\n");
        headers.forEach(header -> head.append(header).append("\r\n"));
        if (body != null) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        if (body != null) {
            all.writeBytes(body);
        }
        return all.toByteArray();
    }

    /** For a failure's message: everything that is needed to send it again, shortened. */
    @Override
    public String toString() {
        String sent = body == null ? "" : " " + shortened(new String(body, StandardCharsets.UTF_8));
        return method + " " + shortened(target) + " "
                + headers.stream().filter(RawRequest::tellable).toList() + sent;
    }

    private static boolean tellable(String header) {
        return !header.startsWith("Cookie: sessionid=")
                && !header.startsWith("X-CSRFToken:")
                && !header.startsWith("Authorization: Bearer burnish_");
    }

    private static String shortened(String text) {
        return text.length() <= 300 ? text : text.substring(0, 300) + "... (" + text.length() + " characters)";
    }
}
