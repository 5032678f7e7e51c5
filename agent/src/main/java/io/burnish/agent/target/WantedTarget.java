package io.burnish.agent.target;

import io.burnish.agent.action.ActionArguments;
import io.burnish.agent.action.ActionContext;
import io.burnish.agent.lustre.TunefsOutput;
import io.burnish.agent.system.CommandResult;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The target that a format is to make, for comparison with what is on a device. */
record WantedTarget(String name, Set<String> kinds, String fsname, Set<String> mgsNids) {

    static WantedTarget of(ActionArguments arguments) {
        return new WantedTarget(
                arguments.text("target_name"),
                Set.copyOf(arguments.texts("target_types")),
                arguments.optionalText("fsname").orElse(""),
                arguments.textLists("mgsnode").stream().flatMap(List::stream).collect(Collectors.toSet()));
    }

    /** Whether the device carries exactly this target, complete and never mounted. */
    boolean isOn(ActionContext context, String device) throws InterruptedException {
        CommandResult result = context.commands().run("tunefs.lustre", "--dryrun", device);
        Optional<TunefsOutput> found = TunefsOutput.parse(result.stdout());
        return result.ok() && found.filter(this::matches).isPresent();
    }

    boolean matches(TunefsOutput found) {
        return found.fresh()
                && found.registeredName().equals(name)
                && Set.copyOf(found.kinds()).equals(kinds)
                && (fsname.isEmpty() || found.fsname().equals(fsname))
                && nids(found).equals(mgsNids);
    }

    private static Set<String> nids(TunefsOutput found) {
        Set<String> nids = new HashSet<>();
        for (String list : found.parameters().getOrDefault("mgsnode", List.of())) {
            nids.addAll(List.of(list.split(",")));
        }
        return nids;
    }
}
