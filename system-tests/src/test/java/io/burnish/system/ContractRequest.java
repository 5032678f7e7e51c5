package io.burnish.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.burnish.standalone.client.ApiReply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A request of {@code requests.txt} and the answer that must come.
 *
 * @param body {@code null}: none
 * @param status what must come
 * @param answer JSON that must come, {@code -} for nothing, {@code ~text} for a part; empty: anything
 */
record ContractRequest(String method, String path, JsonNode body, int status, String answer) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern NAME = Pattern.compile("\\$([a-z_]+)");

    static List<ContractRequest> read(Map<String, String> names) throws IOException {
        List<ContractRequest> requests = new ArrayList<>();
        Iterator<String> lines = ContractTable.lines("requests.txt").iterator();
        while (lines.hasNext()) {
            String[] request = named(lines.next(), names).split(" ", 3);
            String[] answer = named(lines.next(), names).strip().split(" ", 2);
            requests.add(new ContractRequest(
                    request[0],
                    request[1],
                    request.length < 3 ? null : JSON.readTree(request[2]),
                    Integer.parseInt(answer[0]),
                    answer.length < 2 ? "" : answer[1]));
        }
        return requests;
    }

    private static String named(String line, Map<String, String> names) {
        return NAME.matcher(line).replaceAll(found -> {
            String value = names.get(found.group(1));
            if (value == null) {
                throw new IllegalArgumentException("nothing is called " + found.group() + " in " + line);
            }
            return java.util.regex.Matcher.quoteReplacement(value);
        });
    }

    /** What is wrong with an answer; empty if it is as it must be. */
    Optional<String> complaint(ApiReply reply) throws IOException {
        String text = reply.body().isNull() ? "" : reply.body().toString();
        boolean good =
                switch (answer.isEmpty() ? ' ' : answer.charAt(0)) {
                    case ' ' -> true;
                    case '-' -> text.isEmpty();
                    case '~' -> text.contains(answer.substring(1));
                    default -> JSON.readTree(answer).equals(reply.body());
                };
        return good && reply.status() == status
                ? Optional.empty()
                : Optional.of("%s %s %s: expected %d %s but was %d %s"
                        .formatted(method, path, body == null ? "" : body, status, answer, reply.status(), text));
    }
}
