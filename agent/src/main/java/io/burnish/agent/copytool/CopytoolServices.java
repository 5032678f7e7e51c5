package io.burnish.agent.copytool;

import io.burnish.agent.action.ActionContext;
import io.burnish.agent.service.ServiceControl;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The two services of a copytool: init scripts written, started, stopped and removed (agent contract, 13.1). */
record CopytoolServices(ActionContext context) {

    private static final Path SCRIPTS = Path.of("/etc/init.d");
    private static final int OWNER_EXECUTABLE = 0700;

    /** The monitor comes first, since the copytool blocks while nobody reads its events. */
    void start(Copytool copytool) throws InterruptedException, IOException {
        write(copytool.monitorService(), copytool.monitorCommandLine());
        write(copytool.service(), copytool.commandLine());
        context.commands().tryRun("systemctl", "daemon-reload");
        ServiceControl services = new ServiceControl(context);
        for (String service : List.of(copytool.monitorService(), copytool.service())) {
            if (services.active(service)) {
                services.restart(service);
            } else {
                services.start(service);
            }
        }
    }

    /** The copytool goes first, so that its last events are still read. */
    void stop(Copytool copytool) throws InterruptedException, IOException {
        ServiceControl services = new ServiceControl(context);
        for (String service : List.of(copytool.service(), copytool.monitorService())) {
            if (services.active(service)) {
                services.stop(service);
            }
            context.host().delete(SCRIPTS.resolve(service));
        }
        context.commands().tryRun("systemctl", "daemon-reload");
    }

    /** Whether it was started and not stopped since. */
    boolean installed(Copytool copytool) {
        return context.host().exists(SCRIPTS.resolve(copytool.service()));
    }

    private void write(String service, List<String> commandLine) throws IOException {
        context.host().write(SCRIPTS.resolve(service), Copytool.initScript(service, commandLine), OWNER_EXECUTABLE);
    }
}
