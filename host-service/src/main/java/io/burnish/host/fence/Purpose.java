package io.burnish.host.fence;

/** What a fence agent is called for, with the command template of each (API contract, storage 9.4). */
public enum Purpose {
    POWER_ON("poweron_template", "on", true),
    POWER_OFF("poweroff_template", "off", true),
    POWER_CYCLE("powercycle_template", "reboot", true),
    MONITOR("monitor_template", "monitor", false),
    QUERY("outlet_query_template", "status", true),
    LIST("outlet_list_template", "%(list_parameter)s", false);

    private static final String ADDRESS = "-a %(address)s -u %(port)s -l %(username)s -p %(password)s";

    private final String column;
    private final String action;
    private final boolean ofOutlet;

    Purpose(String column, String action, boolean ofOutlet) {
        this.column = column;
        this.action = action;
        this.ofOutlet = ofOutlet;
    }

    /** Name of the template's field. */
    public String column() {
        return column;
    }

    /** Template of a switch with numbered outlets. */
    public String forUnit() {
        // the reference has two blanks in this one, and clients may compare
        String gap = this == POWER_CYCLE ? "  " : " ";
        return "%(agent)s %(options)s" + gap + ADDRESS + " -o " + action + (ofOutlet ? " -n %(identifier)s" : "");
    }

    /** Template of a BMC family. */
    public String forBmc(boolean lanPlus) {
        return this == LIST
                ? forUnit()
                : "%(agent)s %(options)s " + (lanPlus ? "-P " : "")
                        + "-a %(identifier)s -l %(username)s -p %(password)s -o " + action;
    }
}
