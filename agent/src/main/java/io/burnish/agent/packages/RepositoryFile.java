package io.burnish.agent.packages;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.agent.action.Action;
import io.burnish.agent.action.ActionArguments;
import io.burnish.agent.action.ActionContext;
import io.burnish.agent.command.ActionFailedException;
import io.burnish.agent.registration.Identity;
import io.burnish.contracts.agent.AgentAction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Writes or removes a file of package repositories (agent contract, 8.2). */
record RepositoryFile(AgentAction id, boolean present) implements Action {

    private static final Path DIRECTORY = Path.of("/etc/yum.repos.d");
    private static final int WORLD_READABLE = 0644;

    static List<Action> both() {
        return List.of(
                new RepositoryFile(AgentAction.CONFIGURE_REPO, true),
                new RepositoryFile(AgentAction.UNCONFIGURE_REPO, false));
    }

    @Override
    public String purpose(ActionArguments arguments) {
        return (present ? "write" : "remove") + " the repository file " + arguments.text("filename");
    }

    @Override
    public JsonNode run(ActionArguments arguments, ActionContext context) throws IOException {
        Path file = file(arguments.text("filename"));
        if (present) {
            Identity identity = new Identity(context.host().stateDirectory());
            String text = arguments
                    .text("file_contents")
                    .replace("{0}", identity.authority().toString())
                    .replace("{1}", identity.key().toString())
                    .replace("{2}", identity.certificate().toString());
            context.host().write(file, text, WORLD_READABLE);
        } else {
            context.host().delete(file);
        }
        return null;
    }

    private static Path file(String name) {
        if (name.contains("/") || name.startsWith(".")) {
            throw new ActionFailedException("'" + name + "' is not a plain file name");
        }
        return DIRECTORY.resolve(name);
    }
}
