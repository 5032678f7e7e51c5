package io.burnish.simulator.server;

import io.burnish.agent.system.CommandResult;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** What the manager asks before it installs an agent, and the two things that the agent does with {@code openssl}: a key, and a signing request for it. Real ones, in real files. */
final class OpenSsl {

    private static final int BITS = 2048;

    private OpenSsl() {}

    static CommandResult run(List<String> args) {
        if (args.get(1).equals("version")) {
            return new CommandResult(0, "OpenSSL 1.1.1k  FIPS 25 Mar 2021\n", "");
        }
        try {
            return args.get(1).equals("genrsa")
                    ? generate(Path.of(args.get(args.indexOf("-out") + 1)))
                    : request(Path.of(args.get(args.indexOf("-key") + 1)), args.get(args.indexOf("-subj") + 1));
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            return new CommandResult(1, "", "openssl: " + e.getMessage() + "\n");
        }
    }

    private static CommandResult generate(Path file) throws IOException, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(BITS);
        Files.writeString(file, pem(generator.generateKeyPair().getPrivate()));
        return new CommandResult(0, "", "Generating RSA private key, 2048 bit long modulus\n");
    }

    private static CommandResult request(Path keyFile, String subject)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        KeyPair key = read(keyFile);
        String name = subject.substring(1);
        return new CommandResult(
                0,
                pem(new JcaPKCS10CertificationRequestBuilder(new X500Principal(name), key.getPublic())
                        .build(new JcaContentSignerBuilder("SHA256withRSA").build(key.getPrivate()))),
                "");
    }

    private static KeyPair read(Path file) throws IOException {
        try (PEMParser parser = new PEMParser(new StringReader(Files.readString(file)))) {
            return new JcaPEMKeyConverter().getKeyPair((PEMKeyPair) parser.readObject());
        }
    }

    private static String pem(Object object) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        }
        return text.toString();
    }
}
