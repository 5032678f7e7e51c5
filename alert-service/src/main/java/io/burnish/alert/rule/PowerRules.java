package io.burnish.alert.rule;

import static io.burnish.alert.type.AlertType.IPMI_BMC_UNAVAILABLE;
import static io.burnish.alert.type.AlertType.POWER_CONTROL_DEVICE_UNAVAILABLE;

import io.burnish.alert.type.Severity;
import io.burnish.contracts.fact.OutletFact;
import io.burnish.contracts.fact.PowerDeviceFact;
import java.util.List;

/** Alerts on power control. */
final class PowerRules {

    private PowerRules() {}

    static List<Verdict> of(PowerDeviceFact device) {
        Item item = Item.of(device.ref(), device.label());
        return List.of(
                device.monitored()
                        ? new Verdict.Lower(
                                POWER_CONTROL_DEVICE_UNAVAILABLE,
                                item,
                                "Monitoring resumed for power control device " + device.label())
                        : new Verdict.Raise(
                                POWER_CONTROL_DEVICE_UNAVAILABLE,
                                item,
                                "Unable to monitor power control device " + device.label()));
    }

    static List<Verdict> of(OutletFact outlet, Surroundings surroundings) {
        Item item = Item.of(outlet.ref(), outlet.label());
        String where = outlet.label()
                + (outlet.hostId() == null ? "" : " on server " + surroundings.hostLabel(outlet.hostId()));
        if (!outlet.monitored()) {
            return List.of(new Verdict.Raise(
                    IPMI_BMC_UNAVAILABLE,
                    item,
                    "Unable to monitor BMC " + where,
                    IPMI_BMC_UNAVAILABLE.severity(),
                    outlet.hostId() == null ? Affected.NOTHING : Affected.host(outlet.hostId())));
        }
        Item on = outlet.hostId() == null ? item : Item.host(outlet.hostId(), surroundings.hostLabel(outlet.hostId()));
        return List.of(new Verdict.Lower(
                IPMI_BMC_UNAVAILABLE,
                item,
                new Verdict.EndEvent("Monitoring resumed for BMC " + where, Severity.INFO, on)));
    }
}
