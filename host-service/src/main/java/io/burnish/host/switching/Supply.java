package io.burnish.host.switching;

import io.burnish.host.fence.FenceCall;
import io.burnish.host.fence.FenceTemplate;
import io.burnish.host.fence.Purpose;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A power control device with everything that calling its fence agent takes. Holds the password: never to be logged.
 *
 * @param ofBmcs its outlets are BMCs with addresses of their own
 * @param values what templates are filled with
 */
record Supply(
        long id,
        String name,
        boolean ofBmcs,
        long revision,
        Map<String, String> values,
        Map<Purpose, String> templates,
        List<Outlet> outlets) {

    /** An outlet, as it was when it was read. */
    record Outlet(long id, String identifier, Long hostId, long revision) {}

    /** Whether the device can be asked that. */
    boolean can(Purpose purpose) {
        return templates.containsKey(purpose);
    }

    /** The call that concerns the whole device. */
    FenceCall call(Purpose purpose) {
        return call(purpose, "");
    }

    /** The call that concerns one outlet. */
    FenceCall call(Purpose purpose, String identifier) {
        Map<String, String> filled = new HashMap<>(values);
        filled.put("identifier", identifier);
        return FenceTemplate.fill(templates.get(purpose), filled);
    }

    @Override
    public String toString() {
        return "power control device " + name;
    }
}
