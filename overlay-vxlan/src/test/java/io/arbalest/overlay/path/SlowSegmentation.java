package io.arbalest.overlay.path;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Segmentation said plainly, on arrays: the model for {@link Segmenter}. */
final class SlowSegmentation {
  private SlowSegmentation() {}

  /** The frames of what a TAP gave or took: vnet header and frame. */
  static List<byte[]> cut(byte[] tapFrame) {
    ByteBuffer vnet = ByteBuffer.wrap(tapFrame).order(ByteOrder.nativeOrder());
    byte[] frame = Arrays.copyOfRange(tapFrame, Vnet.HEADER, tapFrame.length);
    if (vnet.get(Vnet.GSO_TYPE) == Vnet.GSO_NONE) {
      return List.of(frame);
    }
    boolean tcp = vnet.get(Vnet.GSO_TYPE) != Vnet.GSO_UDP_L4;
    int l4 = vnet.getShort(Vnet.CSUM_START);
    int size = vnet.getShort(Vnet.GSO_SIZE) & 0xffff;
    int header = l4 + (tcp ? (frame[l4 + Tcp.DATA_OFFSET] & 0xf0) >> 2 : Udp.HEADER);
    List<byte[]> frames = new ArrayList<>();
    for (int done = 0; done < frame.length - header; done += size) {
      int length = Math.min(size, frame.length - header - done);
      byte[] one = Arrays.copyOf(frame, header + length);
      System.arraycopy(frame, header + done, one, header, length);
      boolean last = header + done + length == frame.length;
      finish(one, l4, tcp, new Place(frames.size(), done, last));
      frames.add(one);
    }
    return frames;
  }

  private record Place(int index, int done, boolean last) {}

  private static void finish(byte[] frame, int l4, boolean tcp, Place place) {
    ByteBuffer out = ByteBuffer.wrap(frame);
    int ip = Ethernet.HEADER;
    boolean v6 = out.getShort(Ethernet.TYPE) == (short) Ethernet.TYPE_IPV6;
    if (v6) {
      out.putShort(ip + Ip.V6_PAYLOAD_LENGTH, (short) (frame.length - ip - Ip.V6_HEADER));
    } else {
      out.putShort(ip + Ip.V4_TOTAL_LENGTH, (short) (frame.length - ip));
      out.putShort(ip + Ip.V4_ID, (short) (out.getShort(ip + Ip.V4_ID) + place.index()));
      out.putShort(ip + Ip.V4_CHECKSUM, (short) 0);
      out.putShort(ip + Ip.V4_CHECKSUM, (short) ~SlowSum.of(frame, ip, l4));
    }
    int field = l4 + (tcp ? Tcp.CHECKSUM : Udp.CHECKSUM);
    if (tcp) {
      int flags = frame[l4 + Tcp.FLAGS] & 0xff;
      flags &= place.last() ? 0xff : ~(Tcp.FIN | Tcp.PSH);
      flags &= place.index() == 0 ? 0xff : ~Tcp.CWR;
      frame[l4 + Tcp.FLAGS] = (byte) flags;
      out.putInt(l4 + Tcp.SEQUENCE, out.getInt(l4 + Tcp.SEQUENCE) + place.done());
    } else {
      out.putShort(l4 + Udp.LENGTH, (short) (frame.length - l4));
    }
    out.putShort(field, (short) 0);
    int sum = SlowSum.transport(frame, l4, v6);
    out.putShort(field, (short) (sum == 0 && !tcp ? 0xffff : sum));
  }
}
