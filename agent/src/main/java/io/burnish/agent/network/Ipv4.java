package io.burnish.agent.network;

/** An IPv4 address as a number, for the arithmetic of networks. */
public record Ipv4(long value) {

    private static final long ALL = 0xFFFFFFFFL;
    private static final int BITS = 32;

    /**
     * Parses dotted decimal.
     *
     * @throws IllegalArgumentException if it is not
     */
    public static Ipv4 parse(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            throw new IllegalArgumentException("not an IPv4 address: '" + text + "'");
        }
        long value = 0;
        for (String part : parts) {
            int octet = Integer.parseInt(part);
            if (octet < 0 || octet > 255) {
                throw new IllegalArgumentException("not an IPv4 address: '" + text + "'");
            }
            value = value << 8 | octet;
        }
        return new Ipv4(value);
    }

    /** Whether a text is an address. */
    public static boolean isAddress(String text) {
        return text.matches("\\d{1,3}(\\.\\d{1,3}){3}");
    }

    /** The address of the network. */
    public Ipv4 network(int prefix) {
        return new Ipv4(value & mask(prefix));
    }

    /** This address' host part in another network. */
    public Ipv4 hostIn(Ipv4 network, int prefix) {
        return new Ipv4(network.network(prefix).value | value & ~mask(prefix) & ALL);
    }

    /** Whether both are in one network. */
    public boolean sameNetwork(Ipv4 other, int prefix) {
        return network(prefix).equals(other.network(prefix));
    }

    private static long mask(int prefix) {
        return prefix == 0 ? 0 : ALL << (BITS - prefix) & ALL;
    }

    @Override
    public String toString() {
        return (value >> 24 & 255) + "." + (value >> 16 & 255) + "." + (value >> 8 & 255) + "." + (value & 255);
    }
}
