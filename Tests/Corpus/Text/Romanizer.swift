/// Spells names in plain Latin letters, for e-mail addresses and for the people who write theirs that way.
public struct Romanizer: Sendable {
  private static let groups = """
    a=àáâãäåāăąạảấầẩẫậắằẳẵặаαά|ae=æ|b=б|c=çćč|ch=чχ|d=ďđðдδ|e=èéêëēėęěẹẻẽếềểễệеэεέ|f=фφ|g=ğгγ
    i=ìíîïīįıịỉĩиηήιίϊ|k=кκ|kh=х|l=łлλ|m=мμ|n=ñńňнν|o=òóôõöøőọỏốồổỗộớờởỡợơоοόωώ|p=пπ|ps=ψ|r=řрρ|s=śşšсσς
    sh=ш|shch=щ|ss=ß|t=ťţтτ|th=þθ|ts=ц|u=ùúûüūůűụủũứừửữựưу|v=вβ|x=ξ|y=ýÿỳỵỷỹыйυύ|ya=я|yo=ё|yu=ю|z=źżžзζ
    zh=ж|oe=œ
    """

  // Only ever asked for single letters: its order reaches no record.
  private let spellings: [Unicode.Scalar: String]

  /// The one table of spellings.
  public init() {
    var spellings: [Unicode.Scalar: String] = [:]
    for (latin, letters) in Self.groups.entries.map({ $0.pair(separator: "=") }) {
      for letter in letters.unicodeScalars { spellings[letter] = latin }
    }
    self.spellings = spellings
  }

  /// The text in small ASCII letters; signs stay, unknown letters go.
  public func romanize(_ text: String) -> String {
    var result = ""
    var previous: Unicode.Scalar?
    for scalar in text.unicodeScalars.flatMap({ $0.properties.lowercaseMapping.unicodeScalars }) {
      if scalar == "υ" || scalar == "ύ", let previous, "οαε".unicodeScalars.contains(previous) {
        result += "u"
      } else if let spelling = spellings[scalar] {
        result += spelling
      } else if scalar.isASCII {
        result.unicodeScalars.append(scalar)
      }
      previous = scalar
    }
    return result
  }

  /// The same as the local part of an address holds it: letters and digits alone.
  func address(_ text: String) -> String {
    String(romanize(text).filter { ("a"..."z").contains($0) || ("0"..."9").contains($0) })
  }

  /// The same with the capital that the original has.
  func name(_ text: String) -> String {
    let small = romanize(text)
    guard let first = text.unicodeScalars.first, first.properties.isUppercase else { return small }
    return small.prefix(1).uppercased() + small.dropFirst()
  }
}
