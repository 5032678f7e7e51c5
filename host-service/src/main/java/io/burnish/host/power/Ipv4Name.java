package io.burnish.host.power;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;

/** Addresses of power devices and BMCs: names are resolved when they are entered and kept as IPv4 addresses. */
final class Ipv4Name {

    private static final Pattern QUAD =
            Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(25[0-5]|2[0-4]\\d|1?\\d?\\d)");
    private static final Pattern NUMBERS = Pattern.compile("[\\d.]+");

    /** The text leads to no address; the message is one for the user. */
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;

        Unusable(String message) {
            super(message, null, false, false);
        }
    }

    private Ipv4Name() {}

    /** The address. Asks the resolver: may block. */
    static String resolve(String text) throws Unusable {
        String name = text.strip();
        if (QUAD.matcher(name).matches()) {
            return name;
        }
        if (name.matches("[+-]?\\d+")) {
            throw new Unusable(name + " is not a valid address for a BMC");
        }
        if (NUMBERS.matcher(name).matches()) {
            throw new Unusable("Unable to resolve " + name + ": it is no IPv4 address");
        }
        try {
            return Arrays.stream(InetAddress.getAllByName(name))
                    .filter(Inet4Address.class::isInstance)
                    .findFirst()
                    .map(InetAddress::getHostAddress)
                    .orElseThrow(() -> new Unusable("Unable to resolve " + name + ": it has no IPv4 address"));
        } catch (UnknownHostException e) {
            throw new Unusable("Unable to resolve " + name + ": Name or service not known");
        }
    }
}
