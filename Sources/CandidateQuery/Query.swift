/// What a query asks of the index: a tree whose fields are known and whose values they can hold.
public indirect enum Query: Hashable, Sendable {
  /// Every candidate.
  case all
  /// Words anywhere.
  case text(QueryText)
  /// Words in one field.
  case words(Field.ID, QueryText)
  /// The whole value of a field.
  case whole(Field.ID, String)
  /// The beginning of the whole value of a field.
  case beginning(Field.ID, String)
  /// Any value in a field.
  case present(Field.ID)
  /// true, false or unknown.
  case flag(Field.ID, Bool?)
  /// All of these.
  case and([Query])
  /// Any of these.
  case or([Query])
  /// Not this.
  case not(Query)
}
