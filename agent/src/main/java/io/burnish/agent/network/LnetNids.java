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
        return of(
                nis.lines()
                        .map(line -> line.strip().split("\\s+")[0])
                        .filter(word -> word.contains("@") && !word.endsWith("@lo"))
                        .map(Nid::parse)
                        .toList(),
                links);
    }

    /** NIDs by the interface that has their address; those of unknown addresses are left out. */
    static Map<String, LnetNid> of(List<Nid> nids, List<IpAddresses.Link> links) {
        Map<String, LnetNid> found = new LinkedHashMap<>();
        for (Nid nid : nids) {
            links.stream()
                    .filter(link -> link.inet4s().contains(nid.address()))
                    .findFirst()
                    .ifPresent(link ->
                            found.put(link.name(), new LnetNid(nid.address(), nid.lndType(), nid.lndNetwork())));
        }
        return found;
    }
}
