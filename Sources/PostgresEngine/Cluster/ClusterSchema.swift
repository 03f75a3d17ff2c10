import Foundation

/// The tables of a divided index: on the coordinator, and on each other server.
///
/// For each partition there are three relations, of the same names wherever the postings are: `posting_N` with the postings,
/// `match_N` with the same rows, of which no index contains the docid, and `facet_N` with a row for each term by which hits are
/// counted. They are tables and views, or foreign tables over those of another server.
enum ClusterSchema {
  /// The statements of the migration that adds clusters.
  static let tables = """
    CREATE TABLE cluster_server (
      number int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text COLLATE "C" NOT NULL UNIQUE, address text NOT NULL
    );
    CREATE TABLE cluster_partition (
      partition int, server int, state text NOT NULL, copied bigint, PRIMARY KEY (partition, server)
    );
    CREATE SEQUENCE unapplied_change;
    CREATE TABLE unapplied (
      change bigint NOT NULL, partition int NOT NULL, server int NOT NULL, docids bigint[],
      is_failed boolean NOT NULL DEFAULT false, since timestamptz NOT NULL DEFAULT clock_timestamp(),
      PRIMARY KEY (change, partition, server)
    );
    """

  /// The columns of a table of postings.
  private static let columns =
    "docid bigint NOT NULL, doc tsvector NOT NULL, facets text[] COLLATE \"C\" NOT NULL"
  private static let facetColumns = #"docid bigint, doc tsvector, term text COLLATE "C""#

  /// The condition of a docid's partition, as `ClusterLayout.partition(of:)`.
  static func rule(_ count: Int) -> String { "((docid % \(count) + \(count)) % \(count))" }

  /// The statement that makes the table of all partitions. It has no key: a partition on another server cannot have one that
  /// this server knows.
  static func parent(_ name: String, count: Int) -> [String] {
    ["CREATE TABLE \(name) (\(columns)) PARTITION BY LIST (\(rule(count)))"] + withoutStatistics(name)
  }

  /// The catalog would repeat values of columns with data of people.
  private static func withoutStatistics(_ table: String) -> [String] {
    ["doc", "facets"].map { "ALTER TABLE \(table) ALTER COLUMN \($0) SET STATISTICS 0" }
  }

  // MARK: - Tables with postings

  /// The statements that make an empty table of a partition with its views, here or on another server. `prefix` precedes the
  /// names; a schema ends with a period. The condition of the partition is checked, so that the table need not be read when
  /// it is attached.
  static func local(_ prefix: String, _ partition: Int, of count: Int) -> [String] {
    let posting = prefix + PostingTables.posting(partition)
    return [
      "CREATE TABLE \(posting) (\(columns), PRIMARY KEY (docid), CHECK (\(rule(count)) = \(partition)))"
    ] + withoutStatistics(posting) + [
      "CREATE VIEW \(prefix)\(PostingTables.match(partition)) AS SELECT docid + 0 AS docid, doc FROM \(posting)",
      """
      CREATE VIEW \(prefix)\(PostingTables.facet(partition)) AS \
      SELECT p.docid, p.doc, f.term FROM \(posting) p, unnest(p.facets) f(term)
      """,
    ]
  }

  /// The statement that makes the index of a table: the last one when a table is filled at once.
  static func index(_ prefix: String, _ partition: Int) -> String {
    "CREATE INDEX ON \(prefix)\(PostingTables.posting(partition)) USING gin (doc)"
  }

  /// The statements that remove the relations of a partition.
  static func drop(_ prefix: String, _ partition: Int) -> [String] {
    let posting = prefix + PostingTables.posting(partition)
    return [
      "DROP VIEW IF EXISTS \(prefix)\(PostingTables.match(partition)), \(prefix)\(PostingTables.facet(partition))",
      "DROP TABLE IF EXISTS \(posting)",
    ]
  }

  /// The statements that remove the foreign tables of a partition.
  static func dropForeign(_ prefix: String, _ partition: Int) -> [String] {
    relations.map { "DROP FOREIGN TABLE IF EXISTS \(prefix)\($0)_\(partition)" }
  }

  /// What the names of the relations of a partition begin with.
  static let relations = ["posting", "match", "facet"]

  /// The statement that lets the roles read a relation that may read the postings.
  static func grants(to relation: String) -> String {
    """
    DO $$ DECLARE role text; BEGIN \
    FOR role IN SELECT DISTINCT CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END \
    FROM pg_class c, aclexplode(c.relacl) a WHERE c.oid = 'posting'::regclass AND a.privilege_type = 'SELECT' \
    LOOP EXECUTE 'GRANT SELECT ON \(relation) TO ' || role; END LOOP; END $$
    """
  }

  // MARK: - Foreign tables

  /// The relation of another server that replaces its tables while the planner's estimates are made.
  private static let estimate = "row_estimate"
  /// The number of rows that the planner assumes a foreign table to have: enough for it to let the other server sort and
  /// limit, whatever the query.
  private static let assumedRows = 100_000

  /// The statements that make what all partitions of another server share.
  static func member(_ schema: String) -> [String] {
    [
      "CREATE SCHEMA IF NOT EXISTS \(schema)",
      """
      CREATE OR REPLACE VIEW \(schema).\(estimate) AS SELECT g AS docid, NULL::tsvector AS doc, \
      NULL::text[] COLLATE "C" AS facets, NULL::text COLLATE "C" AS term FROM generate_series(1::bigint, \(assumedRows)) g
      """,
      """
      CREATE OR REPLACE VIEW \(schema).\(size) AS SELECT c.relname::text AS name, pg_total_relation_size(c.oid) AS bytes, \
      NOT EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = c.oid AND NOT (i.indisvalid AND i.indisready)) AS is_sound \
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = '\(schema)' AND c.relkind = 'r'
      """,
    ]
  }

  /// The view of a server that tells the sizes of its tables, and its foreign table's name.
  private static let size = "table_size"
  static func sizes(of server: Int) -> String { "\(size)_\(server)" }

  /// The name of a foreign server.
  static func foreignServer(_ number: Int) -> String { "cand_search_\(number)" }

  /// The statements that make the foreign tables of a partition. The planner knows of a foreign table what `ANALYZE` has read;
  /// reading the postings for that would transfer all of them, so that it reads a view with as many empty rows instead.
  static func foreign(_ prefix: String, _ partition: Int, on server: Int, schema: String) -> [String] {
    zip(relations, [columns, "docid bigint, doc tsvector", facetColumns]).flatMap { relation, columns in
      let name = "\(prefix)\(relation)_\(partition)"
      return [
        """
        CREATE FOREIGN TABLE \(name) (\(columns)) SERVER \(foreignServer(server)) \
        OPTIONS (schema_name '\(schema)', table_name '\(estimate)', fetch_size '\(assumedRows)')
        """
      ]
        + ["docid", "doc", "facets", "term"].filter { columns.contains($0 + " ") }.map {
          "ALTER FOREIGN TABLE \(name) ALTER COLUMN \($0) SET STATISTICS 0"
        } + [
          "ANALYZE \(name)",
          "ALTER FOREIGN TABLE \(name) OPTIONS (SET table_name '\(relation)_\(partition)', DROP fetch_size)",
        ]
    }
  }

  /// The statements that make another server known to the coordinator.
  /// - Parameters:
  ///   - parameters: libpq's parameters of its address.
  ///   - password: The password that it requires; nil if it requires none.
  ///   - version: The version of PostgreSQL on the coordinator, as `server_version_num`.
  static func server(
    _ number: Int, parameters: [String: String], password: String?, schema: String, version: Int
  ) -> [String] {
    let options =
      parameters.filter { forwarded.contains($0.key) }
      .merging([
        "async_capable": "true", "fetch_size": "1000", "fdw_tuple_cost": "100", "connect_timeout": "5",
        "keepalives_idle": "5", "keepalives_interval": "2", "keepalives_count": "3",
        "tcp_user_timeout": "10000",
      ]) { own, _ in own }
      .merging(version >= 150_000 ? ["parallel_commit": "true"] : [:]) { own, _ in own }
    var user = ["user": parameters["user"] ?? ""]
    for keyword in ["sslcert", "sslkey"] { user[keyword] = parameters[keyword] }
    if let password { user["password"] = password } else { user["password_required"] = "false" }
    return [
      "CREATE EXTENSION IF NOT EXISTS postgres_fdw SCHEMA public",
      "CREATE SERVER \(foreignServer(number)) FOREIGN DATA WRAPPER postgres_fdw OPTIONS (\(list(options)))",
      "CREATE USER MAPPING FOR PUBLIC SERVER \(foreignServer(number)) OPTIONS (\(list(user)))",
      """
      CREATE FOREIGN TABLE \(sizes(of: number)) (name text, bytes bigint, is_sound boolean) \
      SERVER \(foreignServer(number)) OPTIONS (schema_name '\(schema)', table_name '\(size)')
      """,
    ]
  }

  /// The parameters of an address that the coordinator needs to connect, too.
  private static let forwarded = Set([
    "host", "hostaddr", "port", "dbname", "sslmode", "sslrootcert", "sslcrl", "channel_binding",
    "target_session_attrs", "connect_timeout",
  ])

  private static func list(_ options: [String: String]) -> String {
    options.sorted { $0.key < $1.key }.map { "\($0.key) \(quoted($0.value))" }.joined(separator: ", ")
  }

  /// A text as a literal of SQL.
  static func quoted(_ text: String) -> String {
    // The connections have standard_conforming_strings on.
    "'" + text.replacingOccurrences(of: "'", with: "''") + "'"
  }
}
