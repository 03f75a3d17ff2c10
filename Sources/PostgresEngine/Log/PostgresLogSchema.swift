import SearchLog

/// The tables of a search log, and the triggers that keep them append-only.
enum PostgresLogSchema {
  /// The statements that create them.
  static let statements = tables + triggers

  /// Texts are bytes, since they may contain any character. A text that can be erased has a salt and a digest beside it. The
  /// entries after `anchor` up to `head` are in the tables; retention has removed those before.
  private static let tables = [
    """
    CREATE TABLE log_entry (
      number bigint PRIMARY KEY,
      time bigint NOT NULL,
      kind text COLLATE "C" NOT NULL,
      key bytea NOT NULL,
      scope bytea NOT NULL,
      count bigint,
      generation bigint,
      program bytea NOT NULL,
      request bytea NOT NULL,
      query bytea, query_salt bytea, query_digest bytea,
      canonical bytea, canonical_salt bytea, canonical_digest bytea,
      purpose bytea, purpose_salt bytea, purpose_digest bytea,
      digest bytea NOT NULL
    )
    """,
    """
    CREATE TABLE log_shown (
      entry bigint NOT NULL,
      place bigint NOT NULL,
      connector bytea NOT NULL,
      id bytea,
      hash bytea NOT NULL,
      PRIMARY KEY (entry, place)
    )
    """,
    """
    CREATE TABLE log_chain (
      id int PRIMARY KEY CHECK (id = 1),
      anchor bigint NOT NULL,
      anchor_digest bytea NOT NULL,
      head bigint NOT NULL,
      head_digest bytea NOT NULL,
      key bytea NOT NULL
    )
    """,
  ]

  /// The columns with data of people, salts included, with which a guess of an erased text could be tested.
  static let personalColumns =
    ["key", "scope", "request"].map { ("log_entry", $0) }
    + StoredEntry.TextColumn.allCases.flatMap { column in
      ["", "_salt"].map { ("log_entry", column.rawValue + $0) }
    } + ["id", "hash"].map { ("log_shown", $0) }

  /// Entries are added at the end, lose texts and ids, and are removed up to the anchor; nothing else.
  private static let triggers: [String] =
    [
      """
      CREATE FUNCTION log_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'the search log is append-only'; END $$
      """,
      """
      CREATE FUNCTION log_check_added() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_TABLE_NAME = 'log_entry' THEN
          IF EXISTS (SELECT 1 FROM added WHERE number <= (SELECT head FROM cand_search.log_chain)) THEN
            RAISE EXCEPTION 'the search log is append-only';
          END IF;
        ELSIF EXISTS (
          SELECT 1 FROM added WHERE entry <= (SELECT head FROM cand_search.log_chain)
          OR NOT EXISTS (SELECT 1 FROM cand_search.log_entry e WHERE e.number = added.entry)) THEN
          RAISE EXCEPTION 'the search log is append-only';
        END IF;
        RETURN NULL;
      END $$
      """,
      """
      CREATE FUNCTION log_check_removed() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_TABLE_NAME = 'log_entry' THEN
          IF EXISTS (SELECT 1 FROM removed WHERE number > (SELECT anchor FROM cand_search.log_chain)) THEN
            RAISE EXCEPTION 'the search log is append-only';
          END IF;
        ELSIF EXISTS (SELECT 1 FROM removed WHERE entry > (SELECT anchor FROM cand_search.log_chain)) THEN
          RAISE EXCEPTION 'the search log is append-only';
        END IF;
        RETURN NULL;
      END $$
      """,
      """
      CREATE TRIGGER log_entry_update BEFORE UPDATE ON log_entry FOR EACH ROW
        WHEN (\(changed(["number", "time", "kind", "key", "scope", "count", "generation", "program", "request", "digest"]))
        OR \(changed(StoredEntry.TextColumn.allCases.map { $0.rawValue + "_digest" }))
        OR \(replaced(StoredEntry.TextColumn.allCases.flatMap { [$0.rawValue, $0.rawValue + "_salt"] })))
        EXECUTE FUNCTION log_refuse()
      """,
      """
      CREATE TRIGGER log_shown_update BEFORE UPDATE ON log_shown FOR EACH ROW
        WHEN (\(changed(["entry", "place", "connector", "hash"])) OR NEW.id IS NOT NULL) EXECUTE FUNCTION log_refuse()
      """,
      """
      CREATE TRIGGER log_chain_update BEFORE UPDATE ON log_chain FOR EACH ROW
        WHEN (\(changed(["id", "key"])) OR NEW.anchor < OLD.anchor OR NEW.head < OLD.head OR NEW.anchor > NEW.head)
        EXECUTE FUNCTION log_refuse()
      """,
      """
      CREATE TRIGGER log_chain_delete BEFORE DELETE OR TRUNCATE ON log_chain EXECUTE FUNCTION log_refuse()
      """,
    ]
    + ["log_entry", "log_shown"].flatMap { table in
      [
        """
        CREATE TRIGGER \(table)_insert AFTER INSERT ON \(table) REFERENCING NEW TABLE AS added
          EXECUTE FUNCTION log_check_added()
        """,
        """
        CREATE TRIGGER \(table)_delete AFTER DELETE ON \(table) REFERENCING OLD TABLE AS removed
          EXECUTE FUNCTION log_check_removed()
        """,
        "CREATE TRIGGER \(table)_truncate BEFORE TRUNCATE ON \(table) EXECUTE FUNCTION log_refuse()",
      ]
    }

  /// Whether a column has another value.
  private static func changed(_ columns: [String]) -> String {
    columns.map { "NEW.\($0) IS DISTINCT FROM OLD.\($0)" }.joined(separator: " OR ")
  }

  /// Whether a column has another value than none.
  private static func replaced(_ columns: [String]) -> String {
    columns.map { "NEW.\($0) IS NOT NULL AND NEW.\($0) IS DISTINCT FROM OLD.\($0)" }.joined(separator: " OR ")
  }

  /// Begins the chain of an empty log.
  static func beginChain(_ connection: PostgresConnection) throws {
    let chain = LogChain.new()
    try connection.execute(
      "INSERT INTO log_chain (id, anchor, anchor_digest, head, head_digest, key) VALUES (1, $1, $2, $3, $4, $5)",
      [
        .integer(Int64(chain.anchor.number)), .bytes(Array(chain.anchor.digest)),
        .integer(Int64(chain.head.number)), .bytes(Array(chain.head.digest)), .bytes(Array(chain.key)),
      ])
  }
}
