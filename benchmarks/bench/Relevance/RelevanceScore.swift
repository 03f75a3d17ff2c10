/// How well queries were answered.
struct RelevanceScore: Codable, Equatable {
  var queries = 0
  /// The share whose first hit is right.
  var success1 = 0.0
  /// The share with a right hit among the first ten.
  var success10 = 0.0
  /// The mean of 1/rank of the first right hit among ten; 0 where there is none.
  var mrr10 = 0.0
  /// The share that found nobody at all.
  var zeroResults = 0.0

  enum CodingKeys: String, CodingKey {
    case queries
    case success1 = "success_at_1"
    case success10 = "success_at_10"
    case mrr10 = "mrr_at_10"
    case zeroResults = "zero_result_rate"
  }

  /// From what each query found: whether each of its hits is right, the best first.
  init(_ answers: [[Bool]]) {
    queries = answers.count
    guard !answers.isEmpty else { return }
    let ranks = answers.map { $0.prefix(topCount).firstIndex(of: true) }
    func share(_ holds: (Int?) -> Bool) -> Double {
      Double(ranks.count(where: holds)) / Double(answers.count)
    }
    success1 = share { $0 == 0 }
    success10 = share { $0 != nil }
    mrr10 = ranks.reduce(0) { $0 + ($1.map { 1 / Double($0 + 1) } ?? 0) } / Double(answers.count)
    zeroResults = Double(answers.count(where: \.isEmpty)) / Double(answers.count)
  }
}
