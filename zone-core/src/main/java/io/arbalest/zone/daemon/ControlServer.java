package io.arbalest.zone.daemon;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.PeerCredentials;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/**
 * The control socket: accepts connections, checks who connects, and hands each request on.
 *
 * <p>One event-loop thread, which never blocks: what a request asks for runs elsewhere ({@link
 * Requests}).
 */
final class ControlServer implements AutoCloseable {
  /** The longest request body, in bytes. */
  static final int MAX_REQUEST = 1 << 20;

  /** What a request may take to arrive. */
  static final int REQUEST_SECONDS = 10;

  private static final String MODE = "rw-rw----";

  private final EventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("control", true), EpollIoHandler.newFactory());
  private final ChannelGroup connections = new DefaultChannelGroup(loop.next(), true);
  private final Path path;
  private final Channel listener;

  /**
   * Listens at a path, in place of what an earlier daemon left there. The caller holds the lock of
   * the folder.
   *
   * @throws IOException if the socket cannot be made
   */
  ControlServer(Path path, JsonMapper json, Requests requests) throws IOException {
    this.path = path;
    Files.deleteIfExists(path);
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loop)
            .channel(EpollServerDomainSocketChannel.class)
            .option(ChannelOption.AUTO_READ, false)
            .childHandler(
                new ChannelInitializer<EpollDomainSocketChannel>() {
                  @Override
                  protected void initChannel(EpollDomainSocketChannel channel) throws IOException {
                    initialize(channel, json, requests);
                  }
                });
    listener =
        bootstrap.bind(new DomainSocketAddress(path.toString())).syncUninterruptibly().channel();
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(MODE));
    listener.config().setAutoRead(true);
  }

  private void initialize(EpollDomainSocketChannel channel, JsonMapper json, Requests requests)
      throws IOException {
    connections.add(channel);
    PeerCredentials peer = channel.peerCredentials();
    PeerPolicy policy = PeerPolicy.of(path);
    channel
        .pipeline()
        .addLast(new ReadTimeoutHandler(REQUEST_SECONDS, TimeUnit.SECONDS))
        .addLast(new HttpServerCodec())
        .addLast(new RequestAggregator(MAX_REQUEST))
        .addLast(
            new ControlHandler(
                peer.uid(), policy.refusal(peer.pid(), peer.uid(), peer.gids()), json, requests));
  }

  /** Accepts no more; connections that exist go on. */
  void stopAccepting() {
    listener.close().syncUninterruptibly();
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends every connection. */
  @Override
  public void close() {
    stopAccepting();
    connections.close().syncUninterruptibly();
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
