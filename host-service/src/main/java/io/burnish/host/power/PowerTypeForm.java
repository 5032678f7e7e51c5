package io.burnish.host.power;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.host.fence.FenceTemplate;
import io.burnish.host.fence.Purpose;
import io.burnish.kit.api.FormErrors;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * A submitted power control type.
 *
 * @param password empty: none was sent
 */
record PowerTypeForm(PowerType type, Optional<String> password) {

    private static final int DEFAULT_PORT = 23;
    private static final int MOST_PORT = 65_535;

    /**
     * Reads a body.
     *
     * @param present the stored type, whose values stay where the body says nothing; {@code null} for a new one
     * @throws io.burnish.kit.api.ApiError 400 with everything that is wrong
     */
    static PowerTypeForm of(ObjectNode body, PowerType present) {
        FormErrors errors = new FormErrors();
        FormValues values = new FormValues(body, errors);
        String agent = agent(values, errors);
        String model = kept(values, "model", 50, present == null ? null : present.model());
        int outlets = values.whole("max_outlets", Integer.MAX_VALUE).orElse(present == null ? 0 : present.maxOutlets());
        String options = kept(values, "default_options", 255, present == null ? null : present.defaultOptions());
        PowerType type = new PowerType(
                agent,
                kept(values, "make", 50, present == null ? null : present.make()),
                model,
                outlets,
                values.whole("default_port", MOST_PORT).orElse(present == null ? DEFAULT_PORT : present.defaultPort()),
                values.has("default_username")
                        ? values.text("default_username", 128).orElse("")
                        : present == null ? "" : present.defaultUsername(),
                options,
                new EnumMap<>(Purpose.class));
        Optional<String> password = values.text("default_password", 128);
        if (errors.none("agent")) {
            templates(values, errors, type, present);
            if (options != null) {
                FenceTemplate.optionsProblem(agent, options)
                        .ifPresent(problem -> errors.add("default_options", problem));
            }
        }
        errors.refuseIfAny();
        return new PowerTypeForm(type, password);
    }

    private static String agent(FormValues values, FormErrors errors) {
        Optional<String> agent = values.required("agent", 255);
        agent.filter(name -> !FenceTemplate.AGENTS.contains(name))
                .ifPresent(name -> errors.add(
                        "agent", "Select a valid choice. %s is not one of the available choices.".formatted(name)));
        return agent.orElse("");
    }

    private static String kept(FormValues values, String key, int limit, String present) {
        return values.has(key) ? values.text(key, limit).orElse(null) : present;
    }

    private static void templates(FormValues values, FormErrors errors, PowerType type, PowerType present) {
        Map<Purpose, String> templates = type.templates();
        for (Purpose purpose : Purpose.values()) {
            Optional<String> sent = values.text(purpose.column(), 512);
            sent.flatMap(template -> FenceTemplate.problem(type.agent(), template))
                    .ifPresent(problem -> errors.add(purpose.column(), problem));
            boolean removed = purpose == Purpose.LIST && values.has(purpose.column());
            if (sent.isPresent()) {
                templates.put(purpose, sent.get());
            } else if (present != null && !removed) {
                Optional.ofNullable(present.templates().get(purpose))
                        .ifPresent(template -> templates.put(purpose, template));
            } else if (!removed) {
                templates.put(purpose, PowerType.template(purpose, type.agent(), type.model(), type.maxOutlets()));
            }
        }
    }
}
