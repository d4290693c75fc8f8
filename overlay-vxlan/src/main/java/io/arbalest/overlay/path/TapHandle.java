package io.arbalest.overlay.path;

import io.arbalest.linux.sys.Errno;
import io.arbalest.linux.sys.Fd;
import io.arbalest.linux.sys.Libc;
import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The uplink TAP in the packet loop: what the zones send is read here, and read no further while
 * the underlay is full, so that their own queues push back.
 */
final class TapHandle implements EpollIoHandle, Poller, FrameWriter {
  private static final Logger LOG = LoggerFactory.getLogger(TapHandle.class);
  private static final int MAX_READS = 64;
  private static final int EAGAIN = Errno.EAGAIN.number();
  private static final int EINTR = Errno.EINTR.number();

  private final Fd fd;
  private final FileDescriptor descriptor;
  private final List<SenderSocket> senders;
  private final HotPollers hot;
  private @Nullable Transmitter transmitter;
  private @Nullable IoRegistration registration;
  private boolean paused;

  TapHandle(Fd fd, List<SenderSocket> senders, HotPollers hot) {
    this.fd = fd;
    this.hot = hot;
    this.senders = senders;
    descriptor = new FileDescriptor(fd.number());
  }

  void start(Transmitter with, IoRegistration in) {
    transmitter = with;
    registration = in;
    in.submit(EpollIoOps.EPOLLIN);
  }

  @Override
  public int write(long vectors, int count) {
    return Libc.writev(fd.number(), vectors, count) < 0 ? Libc.errno() : 0;
  }

  @Override
  public void handle(IoRegistration from, IoEvent event) {
    if (poll()) {
      hot.touch(this);
    }
  }

  @Override
  public boolean poll() {
    Transmitter to = transmitter;
    if (to == null || paused) {
      return false;
    }
    int frames = 0;
    boolean free = true;
    while (free && frames < MAX_READS) {
      int octets = read(to);
      if (octets < 0) {
        break;
      }
      frames++;
      free = to.accept(octets);
    }
    if (!free || (frames > 0 && !to.flush())) {
      pause(to);
    }
    return frames > 0;
  }

  private int read(Transmitter to) {
    long address = to.memory().address() + to.slot();
    int octets = (int) Libc.read(fd.number(), address, Transmitter.SLOT);
    if (octets < 0) {
      int error = Libc.errno();
      if (error != EAGAIN && error != EINTR) {
        giveUp(error);
      }
    }
    return octets;
  }

  // A TAP whose link was deleted reports errors for ever, even if nobody asks for events.
  private void giveUp(int error) {
    LOG.warn("the uplink TAP cannot be read any more: {}", Errno.of(error).describe());
    close();
  }

  private void pause(Transmitter to) {
    paused = true;
    submit(EpollIoOps.NONE);
    senders.get(to.blockedOn()).whenWritable(() -> resume(to));
  }

  private void resume(Transmitter to) {
    if (registration == null) {
      return;
    }
    if (to.resume()) {
      paused = false;
      submit(EpollIoOps.EPOLLIN);
    } else {
      pause(to);
    }
  }

  private void submit(EpollIoOps ops) {
    IoRegistration in = registration;
    if (in != null) {
      in.submit(ops);
    }
  }

  @Override
  public FileDescriptor fd() {
    return descriptor;
  }

  /** Leaves the loop; the descriptor is its owner's to close. */
  @Override
  public void close() {
    IoRegistration in = registration;
    registration = null;
    transmitter = null;
    hot.forget(this);
    if (in != null) {
      in.cancel();
    }
  }
}
