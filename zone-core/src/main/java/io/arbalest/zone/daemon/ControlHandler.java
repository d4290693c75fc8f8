package io.arbalest.zone.daemon;

import io.arbalest.zone.HostSpec;
import io.netty.buffer.ByteBufInputStream;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.timeout.ReadTimeoutException;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** One connection: one request, checked at the edge, and its answer. */
final class ControlHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final Logger LOG = LoggerFactory.getLogger(ControlHandler.class);

  private final int uid;
  private final Optional<String> refusal;
  private final JsonMapper json;
  private final Requests requests;
  private boolean answered;

  /**
   * @param uid the peer's user id, by the kernel's word
   * @param refusal why the peer may not ask anything
   */
  ControlHandler(int uid, Optional<String> refusal, JsonMapper json, Requests requests) {
    this.uid = uid;
    this.refusal = refusal;
    this.json = json;
    this.requests = requests;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    if (answered) {
      return;
    }
    answered = true;
    context.pipeline().remove(ReadTimeoutHandler.class);
    if (!request.decoderResult().isSuccess()) {
      refuse(context, HttpResponseStatus.BAD_REQUEST, "not an HTTP/1.1 request");
    } else if (refusal.isPresent()) {
      LOG.warn("refused a request: {}", refusal.get());
      refuse(context, HttpResponseStatus.FORBIDDEN, refusal.get());
    } else {
      route(context, request);
    }
  }

  private void route(ChannelHandlerContext context, FullHttpRequest request) {
    String path = request.uri();
    switch (path) {
      case "/v1/run" -> {
        if (allows(context, request, HttpMethod.POST)) {
          run(context, request);
        }
      }
      case "/v1/desired" -> {
        if (request.method().equals(HttpMethod.PUT)) {
          converge(context, request);
        } else if (allows(context, request, HttpMethod.GET)) {
          page(context, Requests.Page.DESIRED);
        }
      }
      default -> {
        Optional<Requests.Page> page = pageAt(path);
        if (page.isEmpty()) {
          refuse(context, HttpResponseStatus.NOT_FOUND, "no such path: " + path);
        } else if (allows(context, request, HttpMethod.GET)) {
          page(context, page.get());
        }
      }
    }
  }

  private static Optional<Requests.Page> pageAt(String path) {
    return Arrays.stream(Requests.Page.values()).filter(p -> p.path().equals(path)).findFirst();
  }

  private static boolean allows(
      ChannelHandlerContext context, FullHttpRequest request, HttpMethod method) {
    if (request.method().equals(method)) {
      return true;
    }
    refuse(
        context,
        HttpResponseStatus.METHOD_NOT_ALLOWED,
        request.method() + " is not allowed here, only " + method);
    return false;
  }

  private void run(ChannelHandlerContext context, FullHttpRequest request) {
    read(context, request, Invocation.class)
        .ifPresent(asked -> requests.run(asked.by(uid), new ChannelReply(context.channel())));
  }

  private void converge(ChannelHandlerContext context, FullHttpRequest request) {
    read(context, request, HostSpec.class)
        .ifPresent(desired -> requests.converge(desired, new ChannelReply(context.channel())));
  }

  @SuppressWarnings("NullAway") // Jackson answers null for the document "null"
  private <T> Optional<T> read(
      ChannelHandlerContext context, FullHttpRequest request, Class<T> type) {
    try (InputStream body = new ByteBufInputStream(request.content())) {
      T value = json.readValue(body, type);
      if (value == null) {
        refuse(context, HttpResponseStatus.BAD_REQUEST, "null is not a request");
      }
      return Optional.ofNullable(value);
    } catch (JacksonException | IOException e) {
      String words = e instanceof JacksonException j ? j.getOriginalMessage() : e.getMessage();
      refuse(context, HttpResponseStatus.BAD_REQUEST, String.valueOf(words));
      return Optional.empty();
    }
  }

  private void page(ChannelHandlerContext context, Requests.Page page) {
    requests
        .page(page)
        .whenComplete(
            (text, failure) -> {
              if (failure == null) {
                HttpAnswers.json(context.channel(), HttpResponseStatus.OK, text);
              } else {
                LOG.error("cannot render {}", page, failure);
                refuse(context, HttpResponseStatus.INTERNAL_SERVER_ERROR, failure.toString());
              }
            });
  }

  private static void refuse(
      ChannelHandlerContext context, HttpResponseStatus status, String words) {
    HttpAnswers.error(context.channel(), status, words);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    ChannelReply.wake(context.channel());
    context.fireChannelWritabilityChanged();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    ChannelReply.wake(context.channel());
    context.fireChannelInactive();
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // there is nobody left to tell
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (!(cause instanceof IOException || cause instanceof ReadTimeoutException)) {
      LOG.warn("control connection failed", cause);
    }
    context.close();
  }
}
