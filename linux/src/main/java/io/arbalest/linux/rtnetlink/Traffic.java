package io.arbalest.linux.rtnetlink;

import io.arbalest.linux.netlink.NetlinkFlags;
import io.arbalest.linux.netlink.NetlinkMessage;
import io.arbalest.linux.netlink.NetlinkRequest;
import io.arbalest.linux.netlink.NetlinkSocket;
import io.arbalest.linux.netlink.NetlinkWriter;
import io.arbalest.linux.sys.Fd;
import io.arbalest.linux.sys.KernelException;
import java.util.List;

/**
 * Traffic control of one namespace's links: the clsact qdisc, which only classifies, and the BPF
 * programs at its hooks. Every verb may throw {@link KernelException}.
 */
public final class Traffic {
  private static final String CLSACT = "clsact";
  private static final int CLSACT_PARENT = 0xffff_fff1;
  private static final int CLSACT_HANDLE = 0xffff_0000;

  /** ETH_P_ALL in network order, as {@code tcm_info} has it. */
  private static final int ALL_PROTOCOLS = 0x0300;

  private final NetlinkSocket socket;

  Traffic(NetlinkSocket socket) {
    this.socket = socket;
  }

  /**
   * Adds the clsact qdisc.
   *
   * @throws KernelException EEXIST if the link has one
   */
  public void addClsact(int linkIndex) {
    socket.execute(addClsactRequest(linkIndex));
  }

  /** Removes the clsact qdisc and all its filters; EINVAL or ENOENT if there is none. */
  public void deleteClsact(int linkIndex) {
    socket.execute(deleteClsactRequest(linkIndex));
  }

  /**
   * Removes whatever qdisc sits where clsact belongs, with all its filters; {@code ingress} is
   * another that does. EINVAL or ENOENT if there is none.
   */
  public void clearHooks(int linkIndex) {
    socket.execute(clearHooksRequest(linkIndex));
  }

  /** Whether the link has a clsact qdisc. */
  public boolean hasClsact(int linkIndex) {
    NetlinkWriter body = header(linkIndex, 0, 0, 0);
    NetlinkRequest request = NetlinkRequest.dump("RTM_GETQDISC", Rtm.GETQDISC, body);
    return socket.execute(request).stream().anyMatch(message -> isClsact(message, linkIndex));
  }

  static boolean isClsact(NetlinkMessage message, int linkIndex) {
    return message.type() == Rtm.NEWQDISC
        && message.length() >= Rtm.TCMSG
        && message.body().getInt(4) == linkIndex
        && message
            .attributes(Rtm.TCMSG)
            .string(BpfFilter.TCA_KIND)
            .filter(CLSACT::equals)
            .isPresent();
  }

  /**
   * Attaches a program with direct action, in one step in place of the one there, if any: no frame
   * passes between the two.
   *
   * @param name what a list shows for it
   * @param program a loaded program of type SCHED_CLS; the kernel keeps it from then on
   * @throws KernelException EINVAL if the link has no clsact qdisc
   */
  public void attach(FilterPlace place, String name, Fd program) {
    socket.execute(attachRequest(place, name, program.number(), NetlinkFlags.CREATE));
  }

  /**
   * Detaches one filter.
   *
   * @throws KernelException ENOENT if there is none
   */
  public void detach(FilterPlace place) {
    socket.execute(detachRequest(place));
  }

  /** The BPF filters of a hook in the order in which they run. */
  public List<BpfFilter> filters(int linkIndex, Direction direction) {
    NetlinkWriter body = header(linkIndex, 0, direction.parent(), 0);
    NetlinkRequest request =
        NetlinkRequest.dump("RTM_GETTFILTER " + linkIndex, Rtm.GETTFILTER, body);
    return socket.execute(request).stream()
        .flatMap(message -> BpfFilter.decode(message, direction).stream())
        .filter(filter -> filter.place().linkIndex() == linkIndex)
        .toList();
  }

  static NetlinkRequest addClsactRequest(int linkIndex) {
    int flags = NetlinkFlags.CREATE | NetlinkFlags.EXCLUSIVE;
    NetlinkWriter body = clsact(linkIndex);
    return NetlinkRequest.change("RTM_NEWQDISC " + linkIndex, Rtm.NEWQDISC, flags, body);
  }

  static NetlinkRequest deleteClsactRequest(int linkIndex) {
    NetlinkWriter body = clsact(linkIndex);
    return NetlinkRequest.change("RTM_DELQDISC " + linkIndex, Rtm.DELQDISC, 0, body);
  }

  static NetlinkRequest clearHooksRequest(int linkIndex) {
    NetlinkWriter body = header(linkIndex, CLSACT_HANDLE, CLSACT_PARENT, 0);
    return NetlinkRequest.change("RTM_DELQDISC " + linkIndex + " any", Rtm.DELQDISC, 0, body);
  }

  private static NetlinkWriter clsact(int linkIndex) {
    return header(linkIndex, CLSACT_HANDLE, CLSACT_PARENT, 0).putString(BpfFilter.TCA_KIND, CLSACT);
  }

  static NetlinkRequest attachRequest(FilterPlace place, String name, int program, int flags) {
    NetlinkWriter body =
        filter(place)
            .nest(
                BpfFilter.TCA_OPTIONS,
                options ->
                    options
                        .putU32(BpfFilter.TCA_BPF_FD, program)
                        .putString(BpfFilter.TCA_BPF_NAME, name)
                        .putU32(BpfFilter.TCA_BPF_FLAGS, BpfFilter.DIRECT_ACTION));
    String what = "RTM_NEWTFILTER " + place.linkIndex() + " " + name;
    return NetlinkRequest.change(what, Rtm.NEWTFILTER, flags, body);
  }

  static NetlinkRequest detachRequest(FilterPlace place) {
    String what = "RTM_DELTFILTER " + place.linkIndex();
    return NetlinkRequest.change(what, Rtm.DELTFILTER, 0, filter(place));
  }

  private static NetlinkWriter filter(FilterPlace place) {
    int info = place.preference() << 16 | ALL_PROTOCOLS;
    return header(place.linkIndex(), place.handle(), place.direction().parent(), info)
        .putString(BpfFilter.TCA_KIND, BpfFilter.KIND);
  }

  private static NetlinkWriter header(int linkIndex, int handle, int parent, int info) {
    return new NetlinkWriter().u32(Rtm.AF_UNSPEC).u32(linkIndex).u32(handle).u32(parent).u32(info);
  }
}
