package io.burnish.simulator.program;

import io.burnish.agent.system.CommandResult;
import io.burnish.simulator.lab.Machine;
import java.util.Optional;

/** {@code lctl} and {@code lnetctl}. */
final class LustreControl {

    private static final int NETWORK_DOWN = 255;

    private LustreControl() {}

    static CommandResult lctl(Invocation call) {
        return switch (call.arg(0)) {
            case "net" -> net(call);
            case "get_param" -> GetParam.run(call);
            case "erase_lcfg" -> Program.ok();
            case "conf_param" -> ConfigurationLogs.set(call);
            case "--device" -> ConfigurationLogs.print(call);
            default -> Program.failed(2, "lctl: unknown command: " + call.arg(0));
        };
    }

    private static CommandResult net(Invocation call) {
        Machine machine = call.machine();
        if (call.arg(1).equals("up")) {
            if (!machine.modules.contains("lnet")) {
                return Program.failed(19, "LNET configure error 19: No such device");
            }
            Optional<CommandResult> failure = LnetNetworks.failure(machine);
            if (failure.isPresent()) {
                return failure.get();
            }
            machine.lnetUp = true;
            return Program.ok("LNET configured\n");
        }
        machine.lnetUp = false;
        return Program.ok("LNET ready to unload\n");
    }

    static CommandResult lnetctl(Invocation call) {
        Machine machine = call.machine();
        return machine.modules.contains("lnet") && machine.lnetUp
                ? Program.ok("net:\n    - net type: lo\n")
                : Program.failed(
                        NETWORK_DOWN,
                        "show:\n    - net:\n          errno: -100\n          descr: cannot get networks: Network is down");
    }
}
