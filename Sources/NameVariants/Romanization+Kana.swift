extension Romanization {
  /// The usual Latin spellings of a name in kana: Hepburn without long vowels, with them, and with oh.
  ///
  /// - Parameter kana: folded, so that voicing marks are characters of their own.
  static func kana(_ kana: [Unicode.Scalar]) -> [String] {
    guard let latin = hepburn(kana), !latin.isEmpty else { return [] }
    let short = latin.replacingPairs(["ou": "o", "oo": "o", "uu": "u"])
    let withH = latin.hasSuffix("ou") || latin.hasSuffix("oo") ? [latin.dropLast(2) + "oh"] : []
    return unique([short, latin] + withH.map { String($0).replacingPairs(["ou": "o", "uu": "u"]) })
  }

  private static func hepburn(_ kana: [Unicode.Scalar]) -> String? {
    var latin = ""
    var doubles = false
    var i = 0
    while i < kana.count {
      let value = hiragana(kana[i].value)
      i += 1
      if value == 0x30FC { continue }  // the long vowel mark
      if value == 0x3063 {
        doubles = true
        continue
      }
      if let vowel = smallKana[value] {
        join(vowel, to: &latin)
        continue
      }
      let voicing: UInt32 = i < kana.count ? voicingMarks[kana[i].value] ?? 0 : 0
      if voicing > 0 { i += 1 }
      guard let syllable = syllables[value == 0x3046 && voicing > 0 ? 0x3094 : value + voicing] else {
        return nil
      }
      if doubles, let first = syllable.first { latin += syllable.hasPrefix("ch") ? "t" : String(first) }
      doubles = false
      latin += syllable
    }
    return latin
  }

  /// Small ya, yu, yo and vowels change the syllable before them: ki and ya are kya, shi and ya sha.
  private static func join(_ small: String, to latin: inout String) {
    guard let vowel = latin.last, "aiueo".contains(vowel) else {
      latin += small
      return
    }
    let first = latin.dropLast()
    let hasGlide = first.hasSuffix("sh") || first.hasSuffix("ch") || first.hasSuffix("j")
    if vowel == "u" && first.isEmpty {
      latin = "w" + small
    } else {
      latin = first + (hasGlide && small.count > 1 ? String(small.dropFirst()) : small)
    }
  }

  private static func hiragana(_ value: UInt32) -> UInt32 {
    (0x30A1...0x30F4).contains(value) ? value - 0x60 : value
  }

  /// How far the voiced syllable is from the plain one in Unicode.
  private static let voicingMarks: [UInt32: UInt32] = [0x3099: 1, 0x309A: 2]

  private static let smallKana: [UInt32: String] = [
    0x3083: "ya", 0x3085: "yu", 0x3087: "yo", 0x3041: "a", 0x3043: "i", 0x3045: "u", 0x3047: "e",
    0x3049: "o",
  ]

  /// By scalar value. Source: the Hepburn table.
  private static let syllables: [UInt32: String] = {
    let table = """
      あa いi うu えe おo かka がga きki ぎgi くku ぐgu けke げge こko ごgo さsa ざza しshi じji すsu ずzu せse
      ぜze そso ぞzo たta だda ちchi ぢji つtsu づzu てte でde とto どdo なna にni ぬnu ねne のno はha ばba ぱpa
      ひhi びbi ぴpi ふfu ぶbu ぷpu へhe べbe ぺpe ほho ぼbo ぽpo まma みmi むmu めme もmo やya ゆyu よyo らra りri
      るru れre ろro わwa ゐi ゑe をo んn ゔvu
      """
    return Dictionary(
      table.split { $0 == " " || $0 == "\n" }.compactMap { entry in
        entry.unicodeScalars.first.map { ($0.value, String(entry.dropFirst())) }
      }, uniquingKeysWith: { first, _ in first })
  }()
}

extension String {
  /// Replaces pairs of letters from left to right.
  fileprivate func replacingPairs(_ pairs: [String: String]) -> String {
    let letters = Array(self)
    var result = ""
    var i = 0
    while i < letters.count {
      if i + 1 < letters.count, let short = pairs[String(letters[i...i + 1])] {
        result += short
        i += 2
      } else {
        result.append(letters[i])
        i += 1
      }
    }
    return result
  }
}
