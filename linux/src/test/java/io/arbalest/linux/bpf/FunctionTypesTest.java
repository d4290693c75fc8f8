package io.arbalest.linux.bpf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class FunctionTypesTest {
  /** The bytes are written out by hand from {@code Documentation/bpf/btf.rst}. */
  @Test
  void shouldEncodeOneFunctionTypeForEachFunction() {
    String header = "9feb0100" + "18000000" + "00000000" + "34000000" + "34000000" + "10000000";
    String signedInt = "01000000" + "00000001" + "04000000" + "20000001";
    String prototype = "00000000" + "0000000d" + "01000000";
    String main = "05000000" + "0000000c" + "02000000";
    String next = "0a000000" + "0000000c" + "02000000";
    String strings = "00" + "696e7400" + "5f6d5f3100" + "5f6e65787400";
    assertThat(HexFormat.of().formatHex(FunctionTypes.encode(List.of("m.1", "next"))))
        .isEqualTo(header + signedInt + prototype + main + next + strings);
  }
}
