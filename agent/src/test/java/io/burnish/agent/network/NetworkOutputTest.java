package io.burnish.agent.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.burnish.agent.testing.Fixtures;
import io.burnish.contracts.agent.report.NetworkReport.LnetNid;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Interfaces, counters and NIDs are read as the kernel prints them. */
class NetworkOutputTest {

    @Test
    void interfacesAreReadWithAddressesAndFlags() {
        List<IpAddresses.Link> links = IpAddresses.parse(Fixtures.contract("ip-addr.txt"));
        assertThat(links).extracting(IpAddresses.Link::name).containsExactly("lo", "eth0", "eth1", "ib0");
        assertThat(links.get(0).loopback()).isTrue();
        assertThat(links.get(1))
                .isEqualTo(new IpAddresses.Link(
                        "eth0",
                        "ether",
                        "52:54:00:aa:bb:01",
                        "192.0.2.21",
                        24,
                        List.of("192.0.2.21"),
                        "fe80::5054:ff:feaa:bb01",
                        true,
                        false));
        assertThat(links.get(2).slave()).isTrue();
        assertThat(links.get(2).inet4()).isEmpty();
        assertThat(links.get(3).linkType()).isEqualTo("infiniband");
    }

    @Test
    void theLastOfSeveralAddressesWinsAndAnInterfaceThatIsDownIsNotUp() {
        List<IpAddresses.Link> links = IpAddresses.parse("""
                7: eth0.10@eth0: <BROADCAST,MULTICAST> mtu 1500 qdisc noop state DOWN
                    link/ether 52:54:00:aa:bb:09 brd ff:ff:ff:ff:ff:ff
                    inet 192.0.2.30/24 brd 192.0.2.255 scope global eth0
                    inet 198.51.100.30/25 scope global secondary eth0
                """);
        assertThat(links).hasSize(1);
        assertThat(links.getFirst().name()).isEqualTo("eth0.10@eth0");
        assertThat(links.getFirst().inet4()).isEqualTo("198.51.100.30");
        assertThat(links.getFirst().prefix()).isEqualTo(25);
        assertThat(links.getFirst().inet4s()).containsExactly("192.0.2.30", "198.51.100.30");
        assertThat(links.getFirst().up()).isFalse();
    }

    @Test
    void countersAreFoundByTheHeader() {
        assertThat(InterfaceCounters.parse(Fixtures.contract("net-dev.txt")))
                .containsEntry("eth0", new InterfaceCounters.Bytes("904417733", "77120945"));
        assertThat(InterfaceCounters.parse(Fixtures.lustre217("07-proc/net-dev.out")))
                .containsEntry("eth1", new InterfaceCounters.Bytes("0", "3652"));
    }

    @Test
    void nidsBelongToTheInterfaceWithTheirAddress() {
        List<IpAddresses.Link> links = IpAddresses.parse(Fixtures.contract("ip-addr.txt"));
        assertThat(LnetNids.parse(Fixtures.contract("lnet-nis.txt"), links))
                .isEqualTo(Map.of(
                        "eth0", new LnetNid("192.0.2.21", "tcp", 0), "ib0", new LnetNid("10.9.0.21", "o2ib", 1)));
        assertThat(LnetNids.parse(Fixtures.contract("lnet-nis.txt"), links.subList(0, 2)))
                .containsOnlyKeys("eth0");
    }

    @Test
    void addressesAreComputed() {
        Ipv4 address = Ipv4.parse("192.0.2.77");
        assertThat(address.network(26)).hasToString("192.0.2.64");
        assertThat(address.hostIn(Ipv4.parse("10.0.0.0"), 24)).hasToString("10.0.0.77");
        assertThat(address.sameNetwork(Ipv4.parse("192.0.2.100"), 26)).isTrue();
        assertThat(address.sameNetwork(Ipv4.parse("192.0.2.200"), 26)).isFalse();
        assertThat(Ipv4.parse("255.255.255.255").network(0)).hasToString("0.0.0.0");
        assertThatThrownBy(() -> Ipv4.parse("192.0.2.256")).isInstanceOf(IllegalArgumentException.class);
    }
}
