import CandidateConfiguration
import CandidateModel
import CandidateSearch

/// Files that only their owner should read: the index, the configuration, secrets.
public enum PrivateFile {
  /// Warns where others than the owner may read or write a file. Only the owner is warned, since no other user can change
  /// it.
  public static func warnIfShared(_ path: String) {
    guard let status = FileStatus(path: path), status.isOurs, status.isSharedWithOthers else { return }
    StandardError.write(
      "warning: \(path): others can read or write it; make it yours alone: chmod 600 \(ShellWord.quoted(path))"
    )
  }
}

extension FoundConfiguration {
  /// Warns where others can write the file, or can read a filter of a scope or a secret in it.
  public func warnIfShared() {
    guard let path, let status = FileStatus(path: path), status.isSharedWithOthers else { return }
    let isConfidential = entries.contains { entry in
      guard case .file = entry.source else { return false }
      return entry.value == .secret || entry.path == "scope"
    }
    if status.isWritableByOthers || isConfidential { PrivateFile.warnIfShared(path) }
  }
}

/// A word as a shell takes it.
package enum ShellWord {
  package static func quoted(_ word: String) -> String {
    let isPlain = word.unicodeScalars.allSatisfy { scalar in
      scalar.isASCII
        && (scalar.properties.isAlphabetic || "0123456789/._-+,:@%=".unicodeScalars.contains(scalar))
    }
    return isPlain && !word.hasPrefix("-") ? word : "'" + word.replacing(scalar: "'", with: #"'\''"#) + "'"
  }
}
