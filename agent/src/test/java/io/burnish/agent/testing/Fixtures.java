package io.burnish.agent.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Output of real commands, kept as resources. */
public final class Fixtures {

    private Fixtures() {}

    /** A capture of a Lustre 2.17 server, for example {@code 05-params/devices.out}. */
    public static String lustre217(String name) {
        return read("/lustre-2.17/" + name);
    }

    /** A sample of the agent contract, section 19. */
    public static String contract(String name) {
        return read("/contract/" + name);
    }

    private static String read(String name) {
        try (InputStream in = Fixtures.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException("no such resource: " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
