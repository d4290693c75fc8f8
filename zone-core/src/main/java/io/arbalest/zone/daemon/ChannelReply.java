package io.arbalest.zone.daemon;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.time.Duration;
import java.util.List;

/**
 * The frames of one command on their way to its caller.
 *
 * <p>Written by one thread at a time. A caller that reads slowly slows its command down; one that
 * does not read for {@link #PATIENCE} is given up, because the command may hold up everybody else.
 *
 * <p>The futures of writes are not looked at: a write that fails closes the channel, which is seen.
 */
@SuppressWarnings("FutureReturnValueIgnored")
final class ChannelReply implements ReplyStream {
  /** Text is cut so that a frame stays small against the channel's buffer, in characters. */
  private static final int PIECE = 16 * 1024;

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Channel channel;
  private boolean begun;

  ChannelReply(Channel channel) {
    this.channel = channel;
  }

  /** Called by the channel's handler when waiting writers may go on. */
  static void wake(Channel channel) {
    synchronized (channel) {
      channel.notifyAll();
    }
  }

  @Override
  public void out(String text) {
    for (int at = 0; at < text.length(); at = pieceEnd(text, at)) {
      send(new ControlFrame.Out(text.substring(at, pieceEnd(text, at))));
    }
  }

  @Override
  public void err(String text) {
    for (int at = 0; at < text.length(); at = pieceEnd(text, at)) {
      send(new ControlFrame.Err(text.substring(at, pieceEnd(text, at))));
    }
  }

  /** Never between the halves of a surrogate pair. */
  private static int pieceEnd(String text, int start) {
    int end = Math.min(start + PIECE, text.length());
    return end < text.length() && Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
  }

  @Override
  public void launch(List<String> argv) {
    send(new ControlFrame.Launch(argv));
  }

  @Override
  public void exit(int status) {
    send(new ControlFrame.Exit(status));
  }

  @Override
  public void end() {
    channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }

  @Override
  public void refuse(String reason) {
    HttpAnswers.error(channel, HttpResponseStatus.SERVICE_UNAVAILABLE, reason);
  }

  @Override
  public boolean isOpen() {
    return channel.isActive();
  }

  private void send(ControlFrame frame) {
    if (!isOpen()) {
      return;
    }
    if (!begun) {
      begun = true;
      channel.write(HttpAnswers.streamHead());
    }
    channel.writeAndFlush(
        new DefaultHttpContent(Unpooled.wrappedBuffer(ControlFrameCodec.encode(frame))));
    awaitRoom();
  }

  private void awaitRoom() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    synchronized (channel) {
      while (isOpen() && !channel.isWritable()) {
        long millis = (deadline - System.nanoTime()) / 1_000_000;
        if (millis <= 0) {
          channel.close();
          return;
        }
        try {
          channel.wait(millis);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          channel.close();
          return;
        }
      }
    }
  }
}
