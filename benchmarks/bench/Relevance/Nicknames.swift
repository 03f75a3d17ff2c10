/// Nicknames of given names that occur in the corpus: the benchmark's own list, so that no engine is asked about the
/// pairs that it was taught.
enum Nicknames {
  private static let pairs: [(nickname: String, names: [String])] = [
    ("Bob", ["Robert"]), ("Bill", ["William"]), ("Mike", ["Michael"]), ("Jim", ["James"]),
    ("Tom", ["Thomas"]),
    ("Dick", ["Richard"]), ("Tony", ["Anthony"]), ("Dan", ["Daniel"]), ("Dave", ["David"]),
    ("Chris", ["Christopher", "Christian", "Christine", "Christina"]), ("Matt", ["Matthew"]),
    ("Steve", ["Steven", "Stephen"]), ("Andy", ["Andrew"]), ("Ken", ["Kenneth"]), ("Ed", ["Edward"]),
    ("Liz", ["Elizabeth"]), ("Peggy", ["Margaret"]),
    ("Kate", ["Katherine", "Catherine", "Kathryn", "Kathleen"]),
    ("Jen", ["Jennifer"]), ("Becky", ["Rebecca"]), ("Pat", ["Patricia", "Patrick"]), ("Sue", ["Susan"]),
    ("Pepe", ["José"]), ("Paco", ["Francisco"]), ("Sasha", ["Alexander", "Александр"]),
    ("Hans", ["Johannes"]),
  ]

  /// What somebody of this name may be called; nil if the list does not say.
  static func nickname(of name: String) -> String? { pairs.first { $0.names.contains(name) }?.nickname }

  /// Whom a nickname may stand for.
  static func names(of nickname: String) -> [String] { pairs.first { $0.nickname == nickname }?.names ?? [] }
}
