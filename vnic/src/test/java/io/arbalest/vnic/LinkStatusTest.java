package io.arbalest.vnic;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.linux.sys.Errno;
import org.junit.jupiter.api.Test;

class LinkStatusTest {
  @Test
  void shouldUseTheWordsOfDladm() {
    assertThat(LinkStatus.OBJECT_ALREADY_EXISTS.text()).isEqualTo("object already exists");
    assertThat(LinkStatus.LINK_BUSY.text()).isEqualTo("link busy");
    assertThat(LinkStatus.MAC_ADDRESS_IN_USE.text()).isEqualTo("MAC address is already in use");
    assertThat(LinkStatus.INVALID_ARGUMENT.text()).isEqualTo("invalid argument");
    assertThat(LinkClass.ETHERSTUB.text()).isEqualTo("etherstub");
  }

  @Test
  void shouldHaveAWordForKernelErrors() {
    assertThat(LinkStatus.of(Errno.EEXIST)).isEqualTo(LinkStatus.OBJECT_ALREADY_EXISTS);
    assertThat(LinkStatus.of(Errno.EPERM)).isEqualTo(LinkStatus.PERMISSION_DENIED);
    assertThat(LinkStatus.of(Errno.EPROTO)).isEqualTo(LinkStatus.OPERATION_FAILED);
  }
}
