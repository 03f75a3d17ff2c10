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

  /// As people who follow no standard write what they hear.
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
