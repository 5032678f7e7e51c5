package io.burnish.host.power;

import io.burnish.host.fence.Purpose;
import java.util.Map;

/**
 * A make and model of power switches or BMCs.
 *
 * @param maxOutlets 0: as many as one likes
 * @param templates command lines; {@link Purpose#LIST} may be missing
 */
public record PowerType(
        String agent,
        String make,
        String model,
        int maxOutlets,
        int defaultPort,
        String defaultUsername,
        String defaultOptions,
        Map<Purpose, String> templates) {

    static final String IPMI_AGENT = "fence_ipmilan";

    /**
     * Whether the "outlets" of a type are BMCs, each with an address of its own (API contract, storage 11), in SQL over
     * {@code power_control_type t}.
     */
    public static final String OF_BMCS = "(t.max_outlets = 0 AND t.agent NOT IN ('fence_virsh', 'fence_vbox'))";

    /** Whether the model speaks the second version of the protocol, which encrypts. */
    public static boolean lanPlus(String model) {
        return model != null && model.contains("2.0");
    }

    /** The template that a type has unless it is given another. */
    static String template(Purpose purpose, String agent, String model, int maxOutlets) {
        return agent.equals(IPMI_AGENT) && maxOutlets == 0 ? purpose.forBmc(lanPlus(model)) : purpose.forUnit();
    }
}
