package io.burnish.agent.target;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.agent.action.Action;
import io.burnish.agent.action.ActionArguments;
import io.burnish.agent.action.ActionContext;
import io.burnish.agent.command.ActionFailedException;
import io.burnish.agent.config.ConfigStore;
import io.burnish.agent.pacemaker.Cib;
import io.burnish.agent.pacemaker.ClusterNodes;
import io.burnish.agent.pacemaker.Xml;
import io.burnish.contracts.agent.AgentAction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.w3c.dom.Element;

/**
 * Adds a target to the cluster: the primary server creates the resource, each server its location constraint (agent contract, 9.7).
 * What exists already with the same values is left alone, so that the action may be repeated.
 */
final class ConfigureTargetHa implements Action {

    private static final int OWNER_ONLY = 0600;

    @Override
    public AgentAction id() {
        return AgentAction.CONFIGURE_TARGET_HA;
    }

    @Override
    public String purpose(ActionArguments arguments) {
        return "add " + arguments.text("ha_label") + " to the cluster";
    }

    @Override
    public JsonNode run(ActionArguments arguments, ActionContext context) throws InterruptedException, IOException {
        boolean primary = arguments.flag("primary");
        HaResource resource = new HaResource(arguments.text("ha_label"));
        if (primary && !exists(arguments, context)) {
            create(resource, arguments.text("uuid"), context);
        }
        String node =
                ClusterNodes.query(context.commands()).nameOf(context.host().names());
        locate(resource, primary, node, context);
        context.host().createDirectories(Path.of(arguments.text("mount_point")));
        return null;
    }

    private static boolean exists(ActionArguments arguments, ActionContext context) throws InterruptedException {
        String label = arguments.text("ha_label");
        if (!context.commands().run("crm_resource", "-r", label, "-g", "target").ok()) {
            return false;
        }
        Optional<StoredTarget> stored = StoredTarget.find(new ConfigStore(context.host()), arguments.text("uuid"));
        boolean same = stored.isPresent()
                && stored.get().bdev().equals(arguments.text("device"))
                && stored.get().mntpt().equals(arguments.text("mount_point"));
        if (!same) {
            throw new ActionFailedException("a resource with the name " + label
                    + " already exists in the cluster, with another device or mount point");
        }
        return true;
    }

    private static void create(HaResource resource, String uuid, ActionContext context)
            throws InterruptedException, IOException {
        Path file = ConfigStore.ROOT.resolve("cib").resolve(resource.label() + ".xml");
        context.host().write(file, resource.primitiveXml(uuid), OWNER_ONLY);
        try {
            new Cib(context).run("-o", "resources", "-C", "-x", file.toString());
        } finally {
            context.host().delete(file);
        }
    }

    private static void locate(HaResource resource, boolean primary, String node, ActionContext context)
            throws InterruptedException {
        Cib cib = new Cib(context);
        boolean created = cib.create("-o", "constraints", "-C", "-X", resource.locationXml(primary, node));
        if (!created && !identical(cib.run("-Q", "-o", "constraints"), resource, primary, node)) {
            throw new ActionFailedException("a constraint with the name " + resource.constraintId(primary)
                    + " already exists in the cluster, with other values");
        }
    }

    static boolean identical(String constraints, HaResource resource, boolean primary, String node) {
        Optional<Element> root = Xml.parse(constraints);
        return root.stream()
                .flatMap(element -> Xml.all(element, "rsc_location").stream())
                .anyMatch(location -> location.getAttribute("id").equals(resource.constraintId(primary))
                        && location.getAttribute("rsc").equals(resource.label())
                        && location.getAttribute("node").equals(node)
                        && location.getAttribute("score").equals(Integer.toString(resource.score(primary))));
    }
}
