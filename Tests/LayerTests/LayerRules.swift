/// The rules that `Layers` states, applied to the files of a target. Each violation is a sentence with file and line.
struct LayerRules {
  let target: String
  let files: [SourceFile]

  /// Imports of modules that the target may not use.
  func wrongImports(allowed: Set<String>) -> [String] {
    files.flatMap { file in
      file.imports.filter { !allowed.contains($0.name) && !Layers.system.contains($0.name) }.map {
        "\(place(file, $0)): \(target) → \($0.name) is not in Layers.targets"
      }
    }
  }

  /// Imports of the engine's modules outside of the target's place with SQL.
  func engineImports() -> [String] {
    filesWithoutSQL.flatMap { file in
      file.imports.filter { Layers.engineModules.contains($0.name) }.map {
        "\(place(file, $0)): only \(placeWithSQL ?? Layers.engine) imports \($0.name)"
      }
    }
  }

  /// String literals with SQL outside of the target's place with SQL.
  func wrongSQL() -> [String] {
    filesWithoutSQL.flatMap { file in
      file.sql.map {
        "\(place(file, $0)): only \(placeWithSQL ?? Layers.engine) contains SQL, found “\($0.name)”"
      }
    }
  }

  /// References from one folder to a type of another that the table does not allow. A name that several folders declare
  /// is taken for the folder's own if it is one of them, and is not judged otherwise.
  func wrongReferences(allowed: [String: Set<String>] = Layers.folders) -> [String] {
    var declaringFolders: [String: Set<String>] = [:]
    var hidden: [String: Set<String>] = [:]
    for file in files {
      let folder = file.folder(among: allowed.keys)
      for type in file.types { declaringFolders[type, default: []].insert(folder) }
      hidden[folder, default: []].formUnion(file.nestedTypes)
    }
    return files.flatMap { file -> [String] in
      let folder = file.folder(among: allowed.keys)
      guard let lower = allowed[folder] else { return ["\(file.path): the folder is not in Layers.folders"] }
      return file.references.compactMap { reference in
        guard let declaring = declaringFolders[reference.name], declaring.count == 1,
          let other = declaring.first, other != folder, other != Layers.values, !lower.contains(other),
          hidden[folder]?.contains(reference.name) != true
        else { return nil }
        return "\(place(file, reference)): \(folder) → \(other) by \(reference.name) is not in Layers.folders"
      }
    }
  }

  private var placeWithSQL: String? { Layers.placesWithSQL[target] }

  private var filesWithoutSQL: [SourceFile] {
    guard let place = placeWithSQL else { return files }
    return files.filter { !place.isEmpty && $0.path != place && !$0.path.hasPrefix(place + "/") }
  }

  private func place(_ file: SourceFile, _ occurrence: SourceFile.Occurrence) -> String {
    "\(Layers.folder(of: target))/\(file.path):\(occurrence.line)"
  }
}
