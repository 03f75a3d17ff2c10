/// Words that are frequent in texts and rare in candidates: articles, prepositions, pronouns. They are never corrected.
enum CommonWords {
  /// Whether a folded word is one of them.
  static func contain(_ word: String) -> Bool { all.contains(word) }

  private static let all = Set(table.split(whereSeparator: \.isWhitespace).map(String.init))

  /// The most frequent words of three to five letters without a meaning of their own; shorter ones are never corrected.
  /// Usual first names (`van`, `ana`, `des`) may be among them: they are found as typed.
  private static let table = """
    the and for are but not you all any can had her was one our out his has him how its let may new now old see two way who
    did get use say she too with from this that they them then than have been were will your what when which while where
    there their these those would could should about after also back both each even here into just like more most much must
    only other over same some such very well being every under until

    der die das und den von des dem mit fur ein eine einen einem einer auf ist als auch aus bei bis durch nach nicht
    noch nur oder ohne sich sie sind uber vor war wie wir zum zur

    les des une est dans par pas plus pour que qui sur avec aux ces cette mais nous ont ses son sont vous chez sans sous

    los las del una uno con por para que como pero sus sin sobre entre desde hasta mas muy este esta estos

    dos das uma com mais nao pelo pela nos seu sua

    gli dei della delle dello degli nel nella con per che non piu sono tra fra dal dalla

    het een van voor met aan bij dat dit naar niet ook over zijn

    och att det som pa ar med till fran inte

    oraz dla jest nie przez pod nad jak

    для при без над под или что как это все где так
    """
}
