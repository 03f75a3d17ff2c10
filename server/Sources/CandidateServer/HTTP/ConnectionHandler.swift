import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1

/// Bounds the length and the time of each request on a connection, and the time in which its answer is received. Answers
/// what is not HTTP with a problem, and `Expect: 100-continue` with the interim answer.
///
/// Without it, the rest of a body that no operation reads would be received to its end, however long it is, and a client
/// that does not read would keep its connection.
final class ConnectionHandler: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  /// Time for a client to read why it was refused, before the connection is closed in both directions.
  private static let lingering = TimeAmount.seconds(1)
  /// What is received of a body beyond its maximum length, so that the client can read the answer before the connection
  /// is closed, in bytes.
  private static let tolerance = 1 << 20

  private let maximumBytes: Int
  private let maximumTime: TimeAmount
  private var receivedBytes = 0
  private var requestsWithoutAnswer = 0
  private var receiving: Scheduled<Void>?
  private var sending: Scheduled<Void>?
  /// Why nothing more can be read on this connection.
  private var refusal: Problem?
  private var closesAfterAnswer = false

  init(_ limits: Limits) {
    maximumBytes = limits.bodyBytes
    maximumTime = .milliseconds(Int64(limits.transferSeconds * 1000))
  }

  func handlerAdded(context: ChannelHandlerContext) {
    let pipeline = context.pipeline.syncOperations
    do {
      let codec = try pipeline.context(handlerType: HTTP1ToHTTPServerCodec.self)
      try pipeline.addHandler(RequestLineHandler(), position: .before(codec.handler))
    } catch {
      // Its rules keep requests apart: without them, none is read.
      context.fireErrorCaught(error)
      context.close(promise: nil)
    }
  }

  // MARK: - Requests

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(var request):
      receivedBytes = 0
      requestsWithoutAnswer += 1
      receiving = closing(context.channel)
      inviteBody(of: request, context)
      // Hummingbird knows this spelling only.
      if request.headerFields[.connection]?.lowercased().contains("close") == true {
        request.headerFields[.connection] = "close"
      }
      return context.fireChannelRead(wrapInboundOut(.head(request)))
    case .body(let piece):
      receivedBytes += piece.readableBytes
      guard receivedBytes <= maximumBytes + Self.tolerance else {
        context.close(promise: nil)
        return
      }
    case .end:
      receiving?.cancel()
      receiving = nil
    }
    context.fireChannelRead(data)
  }

  /// The client waits for an answer before it sends a body. A body that is too long gets the final answer only, and a
  /// request after others waits until the client loses patience: the interim answer would be taken for one of theirs.
  private func inviteBody(of request: HTTPRequest, _ context: ChannelHandlerContext) {
    guard request.headerFields[.expect]?.lowercased() == "100-continue", requestsWithoutAnswer == 1,
      request.headerFields[.contentLength].flatMap({ Int($0) }).map({ $0 <= maximumBytes }) ?? true
    else { return }
    context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    switch error {
    case HTTPParserError.headerOverflow: refusal = Problem(.headerTooLong, "send long queries in a body")
    case is HTTPParserError: refusal = Problem(.malformed, "it cannot be read")
    default: break
    }
    context.fireErrorCaught(error)
  }

  // MARK: - Answers

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    switch unwrapOutboundIn(data) {
    case .head(let response):
      sending?.cancel()
      sending = closing(context.channel)
      closesAfterAnswer = response.headerFields[.connection] == "close"
      if let refusal, response.status == .badRequest, response.headerFields[.contentLength] == "0" {
        return write(refusal, context, promise)
      }
    case .body: break
    case .end:
      requestsWithoutAnswer -= 1
      let (sending, channel, isLast) = (sending, context.channel, closesAfterAnswer)
      let sent = promise ?? context.eventLoop.makePromise()
      sent.futureResult.whenComplete { _ in
        sending?.cancel()
        guard isLast else { return }
        channel.close(mode: .output, promise: nil)
        channel.eventLoop.scheduleTask(in: Self.lingering) { channel.close(promise: nil) }
      }
      return context.write(data, promise: sent)
    }
    context.write(data, promise: promise)
  }

  /// Replaces Hummingbird's empty answer to what is not HTTP.
  private func write(_ refusal: Problem, _ context: ChannelHandlerContext, _ promise: EventLoopPromise<Void>?)
  {
    let reply = refusal.reply(requestID: RequestIdentifier.new())
    var response = HTTPResponse(status: reply.status, headerFields: reply.headers)
    response.headerFields[.contentLength] = "\(reply.body.count)"
    response.headerFields[.connection] = "close"
    context.write(wrapOutboundOut(.head(response)), promise: nil)
    context.write(wrapOutboundOut(.body(ByteBuffer(bytes: reply.body))), promise: promise)
  }

  // MARK: - Time

  private func closing(_ channel: any Channel) -> Scheduled<Void> {
    channel.eventLoop.scheduleTask(in: maximumTime) { channel.close(promise: nil) }
  }

  func channelInactive(context: ChannelHandlerContext) {
    receiving?.cancel()
    sending?.cancel()
    context.fireChannelInactive()
  }
}
