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
