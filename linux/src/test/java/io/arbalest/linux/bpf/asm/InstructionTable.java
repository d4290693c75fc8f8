package io.arbalest.linux.bpf.asm;

import java.util.HexFormat;
import java.util.List;

/**
 * Instructions as bytes and as text. The bytes come from LLVM's assembler given the text, except
 * those of stored immediates, modulo and bit tests, which it lacked and which come from RFC 9669
 * section 4 and 5; LLVM calls a helper by its number.
 */
final class InstructionTable {
  private static final String ROWS =
      """
      bf16000000000000                 | r6 = r1
      b701000005000000                 | r1 = 5
      b7010000fbffffff                 | r1 = -5
      bc32000000000000                 | w2 = w3
      b4020000ffffff7f                 | w2 = 0x7fffffff
      0f21000000000000                 | r1 += r2
      07010000fcffffff                 | r1 += -4
      1f43000000000000                 | r3 -= r4
      270300000a000000                 | r3 *= 10
      3f43000000000000                 | r3 /= r4
      4f43000000000000                 | r3 |= r4
      5703000000ff0000                 | r3 &= 0xff00
      5403000000f0ffff                 | w3 &= -0x1000
      6703000003000000                 | r3 <<= 3
      7f53000000000000                 | r3 >>= r5
      9703000007000000                 | r3 %= 7
      ac93000000000000                 | w3 ^= w9
      c70300003f000000                 | r3 s>>= 63
      8704000000000000                 | r4 = -r4
      dc01000010000000                 | r1 = be16 r1
      dc01000020000000                 | r1 = be32 r1
      dc01000040000000                 | r1 = be64 r1
      d401000010000000                 | r1 = le16 r1
      7112000000000000                 | r2 = *(u8 *)(r1 + 0)
      69120c0000000000                 | r2 = *(u16 *)(r1 + 12)
      6162280000000000                 | r2 = *(u32 *)(r6 + 40)
      79a0f8ff00000000                 | r0 = *(u64 *)(r10 - 8)
      733affff00000000                 | *(u8 *)(r10 - 1) = r3
      6b3afeff00000000                 | *(u16 *)(r10 - 2) = r3
      633afcff00000000                 | *(u32 *)(r10 - 4) = r3
      7b3a00fe00000000                 | *(u64 *)(r10 - 512) = r3
      720affff05000000                 | *(u8 *)(r10 - 1) = 5
      620afcffdd860000                 | *(u32 *)(r10 - 4) = 0x86dd
      7a0af8ffffffffff                 | *(u64 *)(r10 - 8) = -1
      c310040000000000                 | lock *(u32 *)(r0 + 4) += r1
      db10080000000000                 | lock *(u64 *)(r0 + 8) += r1
      db10080001000000                 | r1 = atomic_fetch_add((u64 *)(r0 + 8), r1)
      db10f8ffe1000000                 | r1 = xchg_64(r0 - 8, r1)
      18010000887766550000000044332211 | r1 = 0x1122334455667788 ll
      18010000010000000000000000000000 | r1 = 1 ll
      0500030000000000                 | goto +3
      0500feff00000000                 | goto -2
      1d21010000000000                 | if r1 == r2 goto +1
      1501010000000000                 | if r1 == 0 goto +1
      25010100dd860000                 | if r1 > 0x86dd goto +1
      3d21010000000000                 | if r1 >= r2 goto +1
      4501010001000000                 | if r1 & 1 goto +1
      55010100ffffffff                 | if r1 != -1 goto +1
      6501010005000000                 | if r1 s> 5 goto +1
      7501010005000000                 | if r1 s>= 5 goto +1
      a501010005000000                 | if r1 < 5 goto +1
      b501010005000000                 | if r1 <= 5 goto +1
      c501010005000000                 | if r1 s< 5 goto +1
      dd91008000000000                 | if r1 s<= r9 goto -32768
      1601010000000000                 | if w1 == 0 goto +1
      2e21ff7f00000000                 | if w1 > w2 goto +32767
      850000001a000000                 | call skb_load_bytes
      9500000000000000                 | exit
      """;

  /** One instruction. */
  record Row(String hex, String text) {
    byte[] bytes() {
      return HexFormat.of().parseHex(hex);
    }
  }

  private InstructionTable() {}

  static List<Row> rows() {
    return ROWS.lines().map(InstructionTable::row).toList();
  }

  private static Row row(String line) {
    int bar = line.indexOf('|', line.indexOf(' '));
    return new Row(line.substring(0, bar).strip(), line.substring(bar + 1).strip());
  }
}
