package io.burnish.agent.network;

import io.burnish.contracts.agent.report.NetworkReport.LnetNid;
import io.burnish.contracts.model.Nid;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads LNet's parameter {@code nis}: a header, then a NID and numbers per line (agent contract, 7.1). */
final class LnetNids {

    private LnetNids() {}

    /** NIDs by the interface that has their address; those of unknown addresses are left out. */
    static Map<String, LnetNid> parse(String nis, List<IpAddresses.Link> links) {
        Map<String, LnetNid> nids = new LinkedHashMap<>();
        for (String line : nis.lines().toList()) {
            String word = line.strip().split("\\s+")[0];
            if (!word.contains("@") || word.endsWith("@lo")) {
                continue;
            }
            Nid nid = Nid.parse(word);
            links.stream()
                    .filter(link -> link.inet4s().contains(nid.address()))
                    .findFirst()
                    .ifPresent(
                            link -> nids.put(link.name(), new LnetNid(nid.address(), nid.lndType(), nid.lndNetwork())));
        }
        return nids;
    }
}
