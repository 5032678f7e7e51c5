package io.burnish.benchmarks.report;

/**
 * One measured number.
 *
 * @param what was measured
 * @param value our number
 * @param unit of both numbers
 * @param reference what it is compared with; {@code null}: nothing
 * @param better which direction is good
 */
public record Figure(String what, double value, String unit, Reference reference, Better better) {

    /** Which of two numbers one would rather have. */
    public enum Better {
        HIGHER,
        LOWER
    }

    /**
     * Another number of the same unit.
     *
     * @param name for example {@code by hand} or {@code goal}
     */
    public record Reference(String name, double value) {}

    /** The less the better. */
    public static Figure lower(String what, double value, String unit) {
        return new Figure(what, value, unit, null, Better.LOWER);
    }

    /** The more the better. */
    public static Figure higher(String what, double value, String unit) {
        return new Figure(what, value, unit, null, Better.HIGHER);
    }

    /** The same beside another number. */
    public Figure beside(String name, double other) {
        return new Figure(what, value, unit, new Reference(name, other), better);
    }

    /** Our number divided by the other one; NaN if there is none to divide by. */
    public double ratio() {
        return reference == null || reference.value() == 0 ? Double.NaN : value / reference.value();
    }
}
