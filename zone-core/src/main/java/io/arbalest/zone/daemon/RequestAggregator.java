package io.arbalest.zone.daemon;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;

/** Collects a request's body up to a bound; a longer one is refused and its connection ended. */
final class RequestAggregator extends HttpObjectAggregator {
  RequestAggregator(int max) {
    super(max, true);
  }

  @Override
  protected void handleOversizedMessage(ChannelHandlerContext context, HttpMessage oversized) {
    HttpAnswers.error(
        context.channel(),
        HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
        "a request has at most " + maxContentLength() + " bytes");
  }
}
