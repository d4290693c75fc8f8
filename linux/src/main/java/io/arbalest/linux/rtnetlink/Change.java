package io.arbalest.linux.rtnetlink;

import io.arbalest.linux.netlink.NetlinkMessage;
import java.util.Optional;

/** Something that happened to a link or to the programs at its hooks. */
public sealed interface Change {
  /** The link that it happened to, by its index in the namespace that was listened to. */
  int linkIndex();

  /**
   * A link was made, or something about it changed.
   *
   * @param link as it was then
   */
  record LinkChanged(Link link) implements Change {
    @Override
    public int linkIndex() {
      return link.index();
    }
  }

  /** A link is gone from the namespace: deleted, or moved to another. */
  record LinkRemoved(int linkIndex) implements Change {}

  /**
   * A qdisc, a chain or a filter of a link was added, replaced or deleted; which, one has to ask.
   */
  record TrafficChanged(int linkIndex) implements Change {}

  /** Reads a notification; total. Empty for what is about neither links nor traffic control. */
  static Optional<Change> decode(NetlinkMessage message) {
    return switch (message.type()) {
      case Rtm.NEWLINK -> LinkCodec.decode(message).map(LinkChanged::new);
      case Rtm.DELLINK -> LinkCodec.decode(message).map(Link::index).map(LinkRemoved::new);
      case Rtm.NEWQDISC, Rtm.DELQDISC, Rtm.NEWTFILTER, Rtm.DELTFILTER, Rtm.NEWCHAIN, Rtm.DELCHAIN ->
          traffic(message);
      default -> Optional.empty();
    };
  }

  private static Optional<Change> traffic(NetlinkMessage message) {
    return message.length() < Rtm.TCMSG
        ? Optional.empty()
        : Optional.of(new TrafficChanged(message.body().getInt(Rtm.TCM_IFINDEX)));
  }
}
