package io.burnish.agent.ntp;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.agent.action.Action;
import io.burnish.agent.action.ActionArguments;
import io.burnish.agent.action.ActionContext;
import io.burnish.agent.service.ServiceControl;
import io.burnish.contracts.agent.AgentAction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The actions of this package. */
public final class NtpActions {

    private static final int WORLD_READABLE = 0644;

    private NtpActions() {}

    /** All of them. */
    public static List<Action> all() {
        return List.of(
                new TimeSource(AgentAction.CONFIGURE_NTP, true), new TimeSource(AgentAction.UNCONFIGURE_NTP, false));
    }

    /** Sets the time source of the server, or gives it back its own. */
    private record TimeSource(AgentAction id, boolean configure) implements Action {

        @Override
        public String purpose(ActionArguments arguments) {
            return configure ? "configure NTP" : "unconfigure NTP";
        }

        @Override
        public JsonNode run(ActionArguments arguments, ActionContext context) throws InterruptedException, IOException {
            Optional<String> server = configure ? arguments.optionalText("ntp_server") : Optional.empty();
            NtpConfiguration configuration = installed(context);
            Path file = Path.of(configuration.file());
            String text = context.host().read(file).orElse("");
            context.host().write(file, configuration.edit(text, server), WORLD_READABLE);
            new ServiceControl(context).restart(configuration.service());
            return null;
        }

        private static NtpConfiguration installed(ActionContext context) {
            boolean onlyChrony = context.host().exists(Path.of(NtpConfiguration.CHRONY.file()))
                    && !context.host().exists(Path.of(NtpConfiguration.NTPD.file()));
            return onlyChrony ? NtpConfiguration.CHRONY : NtpConfiguration.NTPD;
        }
    }
}
