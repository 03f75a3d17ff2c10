/// The rules of one way to write Cyrillic or Greek in Latin letters.
package struct RomanizationScheme: Sendable {
  package let rules: LetterRules

  /// - Parameter tables: the rules that the schemes of the alphabet have in common, then those of this one.
  package init(_ tables: String...) {
    rules = LetterRules(tables)
  }

  /// The schemes for a word in Cyrillic, the most usual first. They depend on its letters, which may be of
  /// one language.
  package static func cyrillic(_ word: String) -> [RomanizationScheme] {
    if word.unicodeScalars.contains(where: "јљњћђџ".unicodeScalars.contains) {
      return [southSlavic, press, geographic]
    }
    if word.unicodeScalars.contains(where: "ієґ".unicodeScalars.contains) {
      return [ukrainian, press, geographic, passport, german]
    }
    return [press, passport, geographic, ukrainian, southSlavic, german, french]
  }

  package static let greek = [elot, heard, classical]
}

extension RomanizationScheme {
  /// ELOT 743.
  package static let elot = RomanizationScheme(greekLetters)

  package static let greekLetters = """
    α: a
    β: v
    γ: g
    δ: d
    ε: e
    ζ: z
    η: i
    θ: th
    ι: i
    κ: k
    λ: l
    μ: m
    ν: n
    ξ: x
    ο: o
    π: p
    ρ: r
    σ: s
    τ: t
    υ: y
    φ: f
    χ: ch
    ψ: ps
    ω: o
    ου: ou
    αυ: av
    ευ: ev
    <αυ>θκξπστφχψ: af
    <ευ>θκξπστφχψ: ef
    γγ: ng
    γξ: nx
    γχ: nch
    ^<μπ>: b
    """

  /// By sound, as people write who follow no standard.
  package static let heard = RomanizationScheme(
    greekLetters,
    """
    χ: h
    γχ: nh
    ^<γι>αεουω: yi
    ει: i
    ^<οι>: i
    υ: i
    ^<ντ>: d
    ^<γκ>: g
    """)

  package static let classical = RomanizationScheme(
    greekLetters,
    """
    φ: ph
    αυ: au
    ευ: eu
    <αυ>θκξπστφχψ: au
    <ευ>θκξπστφχψ: eu
    ^<κ>αορλω: c
    <ικ>οαω: ic
    """)
}
