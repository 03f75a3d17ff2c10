import CurlLibrary
import Foundation

/// A libcurl handle with its connections. One transfer at a time uses it; only `wake` is for any thread.
final class HTTPConnection: @unchecked Sendable {
  private let easy: UnsafeMutableRawPointer
  private let multi: UnsafeMutableRawPointer
  /// libcurl writes here what went wrong.
  private let message: UnsafeMutablePointer<CChar>

  /// Nil if libcurl has no memory.
  init?() {
    guard let easy = curl_easy_init() else { return nil }
    guard let multi = curl_multi_init() else {
      curl_easy_cleanup(easy)
      return nil
    }
    self.easy = easy
    self.multi = multi
    message = .allocate(capacity: Int(CURL_ERROR_SIZE))
    message.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
  }

  deinit {
    curl_easy_cleanup(easy)
    curl_multi_cleanup(multi)
    message.deallocate()
  }

  /// Ends the wait of a transfer.
  func wake() { curl_multi_wakeup(multi) }

  /// Makes the transfer and returns its answer. Throws `TransferFailure` or `CancellationError`.
  func perform(_ transfer: HTTPTransfer) throws -> HTTPAnswer {
    let headers = transfer.request.headers.reduce(nil) { curl_slist_append($0, $1) }
    defer { curl_slist_free_all(headers) }
    message.pointee = 0
    let code = try withExtendedLifetime(transfer) {
      configure(transfer, headers)
      return try run(transfer)
    }
    if let ending = transfer.ending { return try ending.get() }
    guard code == CURLE_OK else {
      let reason = message.pointee == 0 ? curl_easy_strerror(code) : UnsafePointer(message)
      throw TransferFailure.connection(reason.map { String(cString: $0) } ?? "the connection failed")
    }
    return transfer.takeAnswer()
  }

  /// What is not set here is libcurl's default: certificates are checked, redirects not followed, cookies not kept.
  private func configure(_ transfer: HTTPTransfer, _ headers: UnsafeMutablePointer<curl_slist>?) {
    curl_easy_reset(easy)
    curl_set_number(easy, CURLOPT_NOSIGNAL, 1)
    curl_set_pointer(easy, CURLOPT_ERRORBUFFER, message)
    curl_set_pointer(easy, CURLOPT_URL, transfer.request.url)
    // An id may be "..", which is no folder.
    curl_set_number(easy, CURLOPT_PATH_AS_IS, 1)
    curl_set_pointer(easy, CURLOPT_PROTOCOLS_STR, transfer.request.isPlain ? "http" : "https")
    // A proxy would read what is not encrypted, whatever the environment says.
    if transfer.request.isPlain { curl_set_pointer(easy, CURLOPT_NOPROXY, "*") }
    curl_set_number(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    curl_set_pointer(easy, CURLOPT_ACCEPT_ENCODING, "gzip")
    curl_set_pointer(easy, CURLOPT_HTTPHEADER, headers)
    let context = Unmanaged.passUnretained(transfer).toOpaque()
    curl_set_pointer(easy, CURLOPT_HEADERDATA, context)
    curl_set_pointer(easy, CURLOPT_WRITEDATA, context)
    curl_set_function(easy, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
      HTTPConnection.pass(bytes, count: size * count, to: context) { $0.takeHeader($1) }
    }
    curl_set_function(easy, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
      HTTPConnection.pass(bytes, count: size * count, to: context) { $0.takeBody($1) }
    }
  }

  /// The number of bytes that were taken; any other than `count` ends the transfer.
  private static func pass(
    _ bytes: UnsafeMutablePointer<CChar>?, count: Int, to context: UnsafeMutableRawPointer?,
    _ take: (HTTPTransfer, UnsafeRawBufferPointer) -> Bool
  ) -> Int {
    guard let context else { return 0 }
    let transfer = Unmanaged<HTTPTransfer>.fromOpaque(context).takeUnretainedValue()
    return take(transfer, UnsafeRawBufferPointer(start: bytes, count: count)) ? count : 0
  }

  private func run(_ transfer: HTTPTransfer) throws -> CURLcode {
    curl_multi_add_handle(multi, easy)
    defer { curl_multi_remove_handle(multi, easy) }
    while true {
      var running: Int32 = 0
      let code = curl_multi_perform(multi, &running)
      guard code == CURLM_OK else {
        throw TransferFailure.connection(curl_multi_strerror(code).map { String(cString: $0) } ?? "")
      }
      if running == 0 { return result() }
      let wait = transfer.endIfTimedOut()
      if transfer.ending != nil { return CURLE_OK }
      curl_multi_poll(multi, nil, 0, Int32(wait), nil)
    }
  }

  private func result() -> CURLcode {
    var left: Int32 = 0
    while let message = curl_multi_info_read(multi, &left) {
      if message.pointee.msg == CURLMSG_DONE { return message.pointee.data.result }
    }
    return CURLE_RECV_ERROR
  }
}
