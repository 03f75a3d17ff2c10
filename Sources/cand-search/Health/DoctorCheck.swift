/// A check of the installation: its name, and what it finds.
struct DoctorCheck: Sendable {
  let name: String
  let run: @Sendable (DoctorContext) -> [Finding]

  /// All checks, in the order in which they are printed.
  static let all = [
    program, system, configurationFile, secrets, indexFile, permissions, keys, searchLog, disk, versions,
    connectors, errors, sample,
  ]

  /// What all checks find, without the user's folder.
  static func diagnose(_ context: DoctorContext) -> Diagnosis {
    Diagnosis(
      findings: all.flatMap { check in
        check.run(context).map { finding in
          (
            check.name,
            Finding(
              severity: finding.severity, found: HomePath.hidden(in: finding.found),
              advice: finding.advice.map(HomePath.hidden))
          )
        }
      })
  }
}
