/// The timeline of a server: a number that grows when a replica takes over. Changes that were not yet on the replica are
/// lost then, and others get their generations, so that a generation alone does not name a state of the index.
enum ServerTimeline {
  /// What a server's timeline adds to its generations, in SQL: nothing for the first one. A replica knows the one of its
  /// last restart point.
  static let sql = """
    ((CASE WHEN pg_is_in_recovery() THEN (SELECT timeline_id::bigint FROM pg_control_checkpoint()) \
    ELSE ('x' || left(pg_walfile_name(pg_current_wal_insert_lsn()), 8))::bit(32)::bigint END - 1) << \(shift))
    """

  /// More changes than an index has on one timeline, and few enough for the numbers of JSON.
  private static let shift = 40

  /// The number of the timeline in a generation, from 0.
  static func number(ofGeneration generation: Int) -> Int { generation >> shift }
}
