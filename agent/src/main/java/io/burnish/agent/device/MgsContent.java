package io.burnish.agent.device;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.agent.action.ActionContext;
import io.burnish.agent.lustre.LlogReaderOutput;
import io.burnish.agent.lustre.LlogReaderOutput.Setup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** File systems and targets that a mounted MGT knows, read from its configuration logs while it is in use (agent contract, 6.7). */
record MgsContent(ActionContext context, String device) {

    private static final Pattern LOG = Pattern.compile("[A-Za-z0-9_-]+-(client|MDT[0-9a-f]{4}|OST[0-9a-f]{4})");
    private static final int NAME_WORD = 8;

    /** Per file system the targets with uuid and NID. */
    Map<String, JsonNode> filesystems() throws InterruptedException, IOException {
        Map<String, Setup> targets = new LinkedHashMap<>();
        String listing = debugfs("ls -l CONFIGS/");
        for (String log : logs(listing)) {
            Path copy = Path.of("/tmp/burnish-" + log);
            try {
                // the exit status says nothing: only whether there is a file does
                debugfs("dump CONFIGS/" + log + " " + copy);
                if (context.host().exists(copy)) {
                    String text = context.commands()
                            .run("llog_reader", copy.toString())
                            .stdout();
                    LlogReaderOutput.parse(text).forEach(setup -> targets.putIfAbsent(setup.name(), setup));
                }
            } finally {
                context.host().delete(copy);
            }
        }
        return json(targets);
    }

    static List<String> logs(String listing) {
        return listing.lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(words -> words.length > NAME_WORD)
                .map(words -> words[NAME_WORD])
                .filter(name -> LOG.matcher(name).matches())
                .toList();
    }

    private String debugfs(String request) throws InterruptedException {
        return context.commands().run("debugfs", "-c", "-R", request, device).stdout();
    }

    private static Map<String, JsonNode> json(Map<String, Setup> targets) {
        Map<String, JsonNode> filesystems = new LinkedHashMap<>();
        for (Setup setup : targets.values()) {
            ObjectNode target = JsonNodeFactory.instance.objectNode();
            target.put("uuid", setup.uuid());
            target.put("name", setup.name());
            target.put("nid", setup.nid());
            ((ArrayNode) filesystems.computeIfAbsent(setup.fsname(), absent -> JsonNodeFactory.instance.arrayNode()))
                    .add(target);
        }
        return filesystems;
    }
}
