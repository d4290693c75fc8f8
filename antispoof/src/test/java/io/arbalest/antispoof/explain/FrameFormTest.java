package io.arbalest.antispoof.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arbalest.antispoof.Frames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameFormTest {
  private static final FrameForm FROM = new FrameForm(Frames.MAC, false);
  private static final FrameForm TO = new FrameForm(Frames.MAC, true);

  private static byte[] make(FrameForm form, String kind, String text) {
    return switch (kind) {
      case "arp" -> form.arp(text);
      case "udp" -> form.udp(text);
      case "icmp" -> form.icmp(text);
      default -> FrameForm.hex(text);
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          arp  | spa=10.0.0.5,tpa=10.0.0.1                | ARP who-has 10.0.0.1 tell 10.0.0.5
          arp  | op=reply,spa=10.0.0.5,tpa=10.0.0.1       | ARP reply 10.0.0.5 is-at 2:8:20:11:22:33
          arp  | op=reply,spa=10.0.0.5,tpa=10.0.0.1,sha=2:8:20:0:0:9 | ARP reply 10.0.0.5 is-at 2:8:20:0:0:9
          arp  | op=7,spa=10.0.0.5,tpa=10.0.0.1           | ARP operation 7 from 10.0.0.5
          udp  | 10.0.0.5:68>255.255.255.255:67           | IPv4 10.0.0.5 > 255.255.255.255 UDP 68 > 67 DHCP (cut after 42 bytes)
          udp  | 10.0.0.5:1>224.0.0.5:2                   | IPv4 10.0.0.5 > 224.0.0.5 UDP 1 > 2
          udp  | [fd00::5]:1>[ff02::1]:2                  | IPv6 fd00::5 > ff02::1 UDP 1 > 2
          udp  | fd00::5:1>fd00::6:2                      | IPv6 fd00::5 > fd00::6 UDP 1 > 2
          icmp | 10.0.0.5>10.0.0.6                        | IPv4 10.0.0.5 > 10.0.0.6 ICMP echo request
          icmp | fd00::5>fd00::6                          | IPv6 fd00::5 > fd00::6 ICMPv6 echo request
          hex  | 02:08:20:aa:bb:cc 02:08:20:11:22:33 88.cc 0001 | LLDP
          """)
  void shouldMakeTheFrameThatIsMeant(String kind, String text, String summary) {
    assertThat(Dissection.of(make(FROM, kind, text)).summary()).isEqualTo(summary);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          arp  | x                                  | 'x'; allowed: op=request|reply|NUMBER
          arp  | spa=10.0.0.5                       | tpa is missing; allowed
          arp  | tpa=10.0.0.5                       | spa is missing; allowed
          arp  | spa=fd00::1,tpa=10.0.0.1           | spa 'fd00::1': an IPv4 address is allowed
          arp  | spa=10.0.0,tpa=10.0.0.1            | 10.0.0
          arp  | op=ask,spa=10.0.0.1,tpa=10.0.0.1   | op 'ask'; allowed: request, reply or a number
          arp  | op=65536,spa=10.0.0.1,tpa=10.0.0.1 | op '65536'; allowed
          arp  | sha=1,spa=10.0.0.1,tpa=10.0.0.1    | MAC address '1'
          arp  | spa=10.0.0.1,spa=10.0.0.1          | 'spa' is given twice; allowed
          udp  | 10.0.0.5:1                         | '10.0.0.5:1'; allowed: SOURCE>DESTINATION
          udp  | 10.0.0.5>10.0.0.6                  | '10.0.0.5'; allowed: IPV4:PORT or [IPV6]:PORT
          udp  | 10.0.0.5:65536>10.0.0.6:1          | '10.0.0.5:65536'; allowed
          udp  | 10.0.0.5:1>[fd00::1]:1             | source and destination must be of one family
          icmp | 10.0.0.5>                          | IP address ''
          icmp | 10.0.0.5>fd00::1                   | source and destination must be of one family
          icmp | a>b>c                              | 'a>b>c'; allowed: SOURCE>DESTINATION
          hex  | 0                                  | an even number of hexadecimal digits
          hex  | zz                                 | an even number of hexadecimal digits
          hex  | 00                                 | a frame of 1 bytes; allowed: 14 to 65535
          """)
  void shouldRefuseAndSayWhatIsAllowed(String kind, String text, String complaint) {
    assertThatThrownBy(() -> make(FROM, kind, text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(complaint);
  }

  @Test
  void shouldAddressFramesByTheirDirection() {
    byte[] from = FROM.icmp("10.0.0.5>10.0.0.6");
    assertThat(new Octets(from).mac(6)).isEqualTo(Frames.MAC);
    byte[] to = TO.icmp("10.0.0.6>10.0.0.5");
    assertThat(new Octets(to).mac(0)).isEqualTo(Frames.MAC);
    assertThat(new Octets(TO.udp("10.0.0.6:1>255.255.255.255:2")).mac(0))
        .hasToString("ff:ff:ff:ff:ff:ff");
    assertThat(new Octets(FROM.udp("[fd00::1]:1>[ff02::1:2]:2")).mac(0))
        .hasToString("33:33:0:1:0:2");
    assertThat(new Octets(FROM.udp("10.0.0.6:1>239.129.2.3:2")).mac(0)).hasToString("1:0:5e:1:2:3");
  }
}
