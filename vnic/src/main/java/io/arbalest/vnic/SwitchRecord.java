package io.arbalest.vnic;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * A switch, as the switch program finds it by number. The name is in it so that a daemon that
 * starts anew learns from the kernel alone which number is whose.
 *
 * @param name the lower link: an etherstub or an overlay
 * @param mtu the largest that its VNICs may have
 * @param uplink interface index of the way out, 0 for none
 * @param watched whether one of its ports gets a copy of everything
 * @param members interface indexes of the VNICs' ports, each gets a copy of group frames
 */
record SwitchRecord(LinkName name, int mtu, int uplink, boolean watched, List<Integer> members) {
  SwitchRecord {
    members = List.copyOf(members);
    if (members.size() > SwitchProgram.MAX_MEMBERS) {
      throw new LinkException(
          LinkStatus.TOO_MANY_ELEMENTS_SPECIFIED,
          name + " has " + SwitchProgram.MAX_MEMBERS + " VNICs, which is all that are allowed");
    }
  }

  static SwitchRecord empty(LinkName name, int mtu) {
    return new SwitchRecord(name, mtu, 0, false, List.of());
  }

  SwitchRecord withUplink(int ifindex) {
    return new SwitchRecord(name, mtu, ifindex, watched, members);
  }

  SwitchRecord withMtu(int bytes) {
    return new SwitchRecord(name, bytes, uplink, watched, members);
  }

  SwitchRecord watched(boolean now) {
    return new SwitchRecord(name, mtu, uplink, now, members);
  }

  SwitchRecord with(int member) {
    if (members.contains(member)) {
      return this;
    }
    List<Integer> more = new ArrayList<>(members);
    more.add(member);
    return new SwitchRecord(name, mtu, uplink, watched, more);
  }

  SwitchRecord without(Iterable<Integer> gone) {
    List<Integer> fewer = new ArrayList<>(members);
    gone.forEach(member -> fewer.remove(member));
    return new SwitchRecord(name, mtu, uplink, watched, fewer);
  }

  /** What others may know of it. */
  SwitchFacts facts() {
    OptionalInt out = uplink == 0 ? OptionalInt.empty() : OptionalInt.of(uplink);
    return new SwitchFacts(name, mtu, out, members.size());
  }

  byte[] encode() {
    byte[] bytes = new byte[SwitchLayout.SWITCH_SIZE];
    ByteBuffer out = SwitchLayout.wrap(bytes);
    out.putInt(SwitchLayout.SWITCH_UPLINK, uplink);
    out.putInt(SwitchLayout.SWITCH_COUNT, members.size());
    out.putInt(SwitchLayout.SWITCH_MTU, mtu);
    out.putInt(SwitchLayout.SWITCH_FLAGS, watched ? SwitchLayout.SWITCH_WATCHED : 0);
    out.put(SwitchLayout.SWITCH_NAME, name.text().getBytes(StandardCharsets.US_ASCII));
    for (int i = 0; i < members.size(); i++) {
      out.putInt(SwitchLayout.SWITCH_MEMBERS + Integer.BYTES * i, members.get(i));
    }
    return bytes;
  }

  static SwitchRecord decode(byte[] bytes) {
    ByteBuffer in = SwitchLayout.wrap(bytes);
    List<Integer> members = new ArrayList<>();
    int count = in.getInt(SwitchLayout.SWITCH_COUNT);
    for (int i = 0; i < count; i++) {
      members.add(in.getInt(SwitchLayout.SWITCH_MEMBERS + Integer.BYTES * i));
    }
    return new SwitchRecord(
        name(in),
        in.getInt(SwitchLayout.SWITCH_MTU),
        in.getInt(SwitchLayout.SWITCH_UPLINK),
        (in.getInt(SwitchLayout.SWITCH_FLAGS) & SwitchLayout.SWITCH_WATCHED) != 0,
        members);
  }

  private static LinkName name(ByteBuffer in) {
    byte[] padded = new byte[SwitchLayout.SWITCH_NAME_SIZE];
    in.get(SwitchLayout.SWITCH_NAME, padded);
    return new LinkName(new String(padded, StandardCharsets.US_ASCII).trim());
  }
}
