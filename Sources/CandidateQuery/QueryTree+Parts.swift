/// Comparing and rewriting the parts of a query.
extension QueryTree {
  /// The parts that every hit must match: those of a conjunction, otherwise the whole tree.
  var parts: [QueryTree] { if case .and(let parts) = self { parts } else { [self] } }

  /// The tree in a form that is equal for parts with the same meaning: with the names of fields instead of aliases, values
  /// in lower case, and without what does not matter to the kind of a field.
  var comparable: QueryTree {
    mapped { text in
      QueryText(text.text.lowercased(), isPhrase: text.isPhrase, isPrefix: text.isPrefix)
    } clause: {
      $0.comparable
    }
  }

  /// The tree with words as phrases that a shorter text, or other words beside them, could turn into something else: with
  /// a colon, a field; with an apostrophe, the beginning of a quotation.
  var withAmbiguousWordsQuoted: QueryTree {
    mapped {
      $0.quotedIfAmbiguous
    } clause: { clause in
      var clause = clause
      clause.value = clause.value.quotedIfAmbiguous
      return clause
    }
  }

  private func mapped(
    _ text: (QueryText) -> QueryText, clause: (FieldClause) -> FieldClause
  ) -> QueryTree {
    switch self {
    case .all: .all
    case .text(let typed): .text(text(typed))
    case .field(let typed): .field(clause(typed))
    case .and(let parts): .and(parts.map { $0.mapped(text, clause: clause) })
    case .or(let parts): .or(parts.map { $0.mapped(text, clause: clause) })
    case .not(let part): .not(part.mapped(text, clause: clause))
    }
  }
}

extension QueryText {
  fileprivate var quotedIfAmbiguous: QueryText {
    let isAmbiguous = !isPhrase && text.unicodeScalars.contains { ":'‘".unicodeScalars.contains($0) }
    return isAmbiguous ? QueryText(text, isPhrase: true, isPrefix: isPrefix) : self
  }
}

extension FieldClause {
  fileprivate var comparable: FieldClause {
    let field = Field.named(name)
    var clause = self
    clause.value.text = value.text.lowercased()
    clause.name =
      field?.kind == .custom
      ? "custom." + (CustomField(query: name)?.description ?? name) : field?.name ?? name.lowercased()
    // Quotes and `:=` select among the ways to search words; any other field has one.
    guard let field, field.kind != .text || isWhole else { return clause }
    clause.value.isPhrase = false
    if field.kind != .text { clause.isWhole = false }
    if field.kind == .flag { clause.value.text = FlagValue(clause.value.text)?.rawValue ?? clause.value.text }
    return clause
  }
}
