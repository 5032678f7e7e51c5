package io.burnish.agent.sample;

import io.burnish.agent.command.Commands;
import io.burnish.agent.lnet.KernelModules;
import io.burnish.agent.lustre.GetParamOutput;
import io.burnish.agent.system.CommandResult;
import io.burnish.agent.system.HostSystem;
import io.burnish.contracts.agent.SampleBatch.Sample;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** LNet and target statistics through {@code lctl get_param}; nothing on a server without LNet. */
public final class LustreSampler implements Sampler {

    private final HostSystem host;
    private final LustreSeries series = new LustreSeries();

    /** The sampler of a server. */
    public LustreSampler(HostSystem host) {
        this.host = host;
    }

    @Override
    public List<Sample> sample(Commands commands) throws InterruptedException, IOException {
        if (!KernelModules.current(host).loaded("lnet")) {
            return List.of();
        }
        List<String> line = LustreParameters.commandLine();
        Optional<CommandResult> result = commands.runIfInstalled(line.toArray(String[]::new));
        // parameters that do not exist make the exit status non-zero while the others are printed
        return result.map(CommandResult::stdout)
                .map(GetParamOutput::parse)
                .map(series::of)
                .orElse(List.of());
    }
}
