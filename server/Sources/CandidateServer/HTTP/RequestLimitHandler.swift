import NIOCore
import NIOHTTPTypes

/// Closes a connection whose request is too long or takes too long to arrive. Without it, the rest of a body that no
/// operation reads would be received to its end, however long it is.
final class RequestLimitHandler: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart

  private let maximumBytes: Int
  private let maximumTime: TimeAmount
  private var receivedBytes = 0
  private var timeout: Scheduled<Void>?

  init(maximumBytes: Int, maximumTime: TimeAmount) {
    self.maximumBytes = maximumBytes
    self.maximumTime = maximumTime
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head:
      receivedBytes = 0
      let channel = context.channel
      timeout = context.eventLoop.scheduleTask(in: maximumTime) { channel.close(promise: nil) }
    case .body(let piece):
      receivedBytes += piece.readableBytes
      guard receivedBytes <= maximumBytes else {
        context.close(promise: nil)
        return
      }
    case .end:
      timeout?.cancel()
      timeout = nil
    }
    context.fireChannelRead(data)
  }

  func channelInactive(context: ChannelHandlerContext) {
    timeout?.cancel()
    timeout = nil
    context.fireChannelInactive()
  }
}
