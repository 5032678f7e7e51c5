package io.burnish.target.confparam;

import io.burnish.contracts.model.ObjectRef;

/**
 * A parameter as it was recorded for an MGS.
 *
 * @param prefix name of the subject in Lustre
 * @param name without the prefix
 * @param value {@code null}: unset
 * @param version of the MGS at which it was recorded
 * @param applied whether the MGS has it
 */
record ParameterEntry(ObjectRef subject, String prefix, String name, String value, int version, boolean applied) {

    /** The parameter's full name in Lustre, for example {@code scratch-OST0001.osc.active}. */
    String key() {
        return prefix + "." + name;
    }
}
