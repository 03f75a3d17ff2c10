import Foundation
import NIOCore
import NIOHTTP1

/// Applies what the first line of a request says beside method and path, since `HTTPRequest` does not contain it: the
/// version, and the host of an address with a scheme.
final class RequestLineHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard case .head(var head) = unwrapInboundIn(data) else { return context.fireChannelRead(data) }
    // A client of HTTP/1.0 that does not ask to keep the connection may read to its end (RFC 9112, 9.3).
    if head.version == .http1_0,
      !head.headers[canonicalForm: "connection"].contains(where: { $0.lowercased() == "keep-alive" })
    {
      head.headers.replaceOrAdd(name: "Connection", value: "close")
    }
    // The host of the address counts (RFC 9112, 3.2.2). A request with two hosts is refused later.
    if let host = Self.host(of: head.uri), head.headers["host"].count < 2 {
      head.headers.replaceOrAdd(name: "Host", value: host)
    }
    context.fireChannelRead(wrapInboundOut(.head(head)))
  }

  private static func host(of address: String) -> String? {
    guard address.first != "/", let scheme = address.range(of: "://") else { return nil }
    return String(address[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" })
  }
}
