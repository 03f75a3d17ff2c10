import Foundation
import SodiumLibrary

/// A file that the page loads: its content, and a name that changes with the content.
public struct PageAsset: Sendable {
  /// The name, with a hash of the content.
  public let name: String
  /// The media type.
  public let type: String
  /// The content.
  public let bytes: [UInt8]

  /// The path at which a page finds it.
  public var path: String { "/assets/" + name }

  init(_ name: String, _ ending: String, _ type: String, _ bytes: [UInt8]) {
    var hash = [UInt8](repeating: 0, count: 16)
    crypto_generichash(&hash, hash.count, bytes, UInt64(bytes.count), nil, 0)
    let digits = hash.prefix(8).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    self.name = "\(name)-\(digits).\(ending)"
    self.type = type
    self.bytes = bytes
  }

  /// The style.
  public static let style = PageAsset("app", "css", "text/css; charset=utf-8", PackageResources.app_css)
  /// The script, which makes the page live.
  public static let script = PageAsset(
    "app", "js", "text/javascript; charset=utf-8", PackageResources.app_js)
  /// The icon.
  public static let icon = PageAsset("icon", "svg", "image/svg+xml", PackageResources.icon_svg)

  /// All of them.
  public static let all = [style, script, icon]

  /// The asset with a name; nil if there is none, or if its content has changed.
  public static func named(_ name: String) -> PageAsset? { all.first { $0.name == name } }
}
