package io.burnish.simulator.program;

import io.burnish.agent.system.CommandResult;
import java.util.Map;

/** The programs of Corosync and Pacemaker, over the cluster of the machine's pair. */
final class ClusterPrograms {

    private static final int NOT_CONNECTED = 102;
    private static final int NO_SUCH_OBJECT = 105;

    private ClusterPrograms() {}

    static void addTo(Map<String, Program> programs) {
        programs.put("pcs", Pcs::run);
        programs.put("cibadmin", connected(CibAdmin::run));
        programs.put("crm_mon", connected(ClusterView::monitor));
        programs.put("crm_node", connected(ClusterView::node));
        programs.put("crm_resource", connected(ClusterResources::resource));
        programs.put("crm_attribute", connected(ClusterResources::attribute));
    }

    private static Program connected(Program program) {
        return call -> call.machine().active.contains("pacemaker")
                ? program.run(call)
                : Program.failed(NOT_CONNECTED, "Could not connect to the CIB: Transport endpoint is not connected");
    }

    /** What the programs answer about an object that is not there. */
    static CommandResult missing(String message) {
        return Program.failed(NO_SUCH_OBJECT, message + ": No such device or address");
    }
}
