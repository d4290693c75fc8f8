package io.arbalest.antispoof;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A DHCP client identifier, RFC 2132 section 9.14, or DHCPv6 unique identifier (DUID), RFC 8415
 * section 11, as illumos's {@code allowed-dhcp-cids} writes them:
 *
 * <ul>
 *   <li>{@code 0x0102}: bytes in hex;
 *   <li>{@code 1.HW.TIME.LLADDR}: DUID-LLT, with hardware type and seconds since 2000 in decimal
 *       and a link-layer address such as {@code 2:8:20:11:22:33};
 *   <li>{@code 2.ENTERPRISE.HEX}: DUID-EN;
 *   <li>{@code 3.HW.LLADDR}: DUID-LL;
 *   <li>{@code N.HEX}: any other type of DUID, 0 to 65535;
 *   <li>anything else: the text itself, in UTF-8; so is {@code 0x} alone.
 * </ul>
 *
 * <p>Immutable. Two are equal if their bytes are, however they were written.
 */
public final class ClientIdentifier {
  /** The most bytes of one. */
  public static final int MAX_BYTES = 256;

  private static final String FIELD = "allowed-dhcp-cids";
  private static final String ALLOWED =
      "0xHEX, 1.HW.TIME.LLADDR, 2.ENTERPRISE.HEX, 3.HW.LLADDR, N.HEX or a text of at most "
          + MAX_BYTES
          + " bytes is allowed";
  private static final Pattern TYPED = Pattern.compile("([0-9]+)\\.(.*)", Pattern.DOTALL);
  private static final Pattern LLT = Pattern.compile("([0-9]+)\\.([0-9]+)\\.(.*)", Pattern.DOTALL);
  private static final long MAX_U16 = 0xffff;
  private static final long MAX_U32 = 0xffff_ffffL;
  private static final int DUID_LLT = 1;
  private static final int DUID_EN = 2;
  private static final int DUID_LL = 3;

  private final String text;
  private final byte[] bytes;

  private ClientIdentifier(String text, byte[] bytes) {
    this.text = text;
    this.bytes = bytes;
  }

  /**
   * Reads one of the forms.
   *
   * @throws InvalidPolicyException if the text begins as one of them and goes on otherwise, or is
   *     empty or too long
   */
  public static ClientIdentifier parse(String text) {
    byte[] bytes = bytes(text);
    if (bytes.length == 0 || bytes.length > MAX_BYTES) {
      throw invalid(text, bytes.length + " bytes");
    }
    return new ClientIdentifier(text, bytes);
  }

  /**
   * The identifier of bytes as they are on the wire; its text is in hex.
   *
   * @throws InvalidPolicyException if there are none, or too many
   */
  public static ClientIdentifier of(byte[] wire) {
    return parse("0x" + HexFormat.of().formatHex(wire));
  }

  private static byte[] bytes(String text) {
    boolean prefixed = text.startsWith("0x") || text.startsWith("0X");
    if (prefixed && text.length() > 2) {
      return hex(text, text.substring(2));
    }
    Matcher typed = TYPED.matcher(text);
    return typed.matches()
        ? duid(text, (int) number(text, typed.group(1), MAX_U16), typed.group(2))
        : text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] duid(String text, int type, String rest) {
    return switch (type) {
      case DUID_LLT -> {
        Matcher parts = match(LLT, text, rest);
        yield join(
            u16(type),
            u16(number(text, parts.group(1), MAX_U16)),
            u32(number(text, parts.group(2), MAX_U32)),
            linkAddress(text, parts.group(3)));
      }
      case DUID_EN -> {
        Matcher parts = match(TYPED, text, rest);
        yield join(
            u16(type), u32(number(text, parts.group(1), MAX_U32)), hex(text, parts.group(2)));
      }
      case DUID_LL -> {
        Matcher parts = match(TYPED, text, rest);
        yield join(
            u16(type),
            u16(number(text, parts.group(1), MAX_U16)),
            linkAddress(text, parts.group(2)));
      }
      default -> join(u16(type), hex(text, rest));
    };
  }

  private static Matcher match(Pattern pattern, String text, String rest) {
    Matcher matcher = pattern.matcher(rest);
    if (!matcher.matches()) {
      throw invalid(text, "parts are missing");
    }
    return matcher;
  }

  private static long number(String text, String digits, long max) {
    boolean fits = digits.length() <= 10 && Long.parseLong(digits) <= max;
    if (!fits) {
      throw invalid(text, digits + " is over " + max);
    }
    return Long.parseLong(digits);
  }

  private static byte[] hex(String text, String digits) {
    boolean valid =
        !digits.isEmpty()
            && digits.length() % 2 == 0
            && digits.chars().allMatch(c -> c < 128 && HexFormat.isHexDigit(c));
    if (!valid) {
      throw invalid(text, "'" + digits + "' is not an even number of hex digits");
    }
    return HexFormat.of().parseHex(digits);
  }

  private static byte[] linkAddress(String text, String address) {
    String[] groups = address.split(":", -1);
    byte[] octets = new byte[groups.length];
    for (int i = 0; i < groups.length; i++) {
      String group = groups[i];
      boolean valid =
          !group.isEmpty()
              && group.length() <= 2
              && group.chars().allMatch(c -> c < 128 && HexFormat.isHexDigit(c));
      if (!valid) {
        throw invalid(text, "'" + address + "' is not a link-layer address");
      }
      octets[i] = (byte) HexFormat.fromHexDigits(group);
    }
    return octets;
  }

  private static byte[] u16(long value) {
    return ByteBuffer.allocate(2).putShort((short) value).array();
  }

  private static byte[] u32(long value) {
    return ByteBuffer.allocate(4).putInt((int) value).array();
  }

  private static byte[] join(byte[]... parts) {
    ByteBuffer joined = ByteBuffer.allocate(Arrays.stream(parts).mapToInt(p -> p.length).sum());
    for (byte[] part : parts) {
      joined.put(part);
    }
    return joined.array();
  }

  private static InvalidPolicyException invalid(String text, String why) {
    return InvalidPolicyException.of(FIELD, text, why + "; " + ALLOWED);
  }

  /** As on the wire, 1 to {@value #MAX_BYTES} bytes; a fresh array each time. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** The text that it was read from. */
  @Override
  public String toString() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ClientIdentifier that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }
}
