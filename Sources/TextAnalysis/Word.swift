/// A word as people write it, and the ways in which it can stand in a text.
///
/// `O'Brien` is found as `obrien` and as `o brien`; `node.js` as `node js` and as `nodejs`. Each form is a run of
/// tokens, and a token is what FTS5 sees: it never holds white space.
package struct Word: Hashable, Sendable {
  /// The forms under which the word is indexed and looked for, the usual one first. Never empty.
  package var forms: [[String]]
  /// Forms under which it is indexed, but not looked for: `.NET` is found by `net`, not the other way around.
  package var indexedForms: [[String]] = []

  package init(forms: [[String]], indexedForms: [[String]] = []) {
    self.forms = forms
    self.indexedForms = indexedForms
  }

  /// The usual form.
  package var tokens: [String] { forms[0] }

  package mutating func addForm(_ form: [String]) {
    if !form.isEmpty, !forms.contains(form) { forms.append(form) }
  }

  package mutating func addIndexedForm(_ form: [String]) {
    if !forms.contains(form), !indexedForms.contains(form) { indexedForms.append(form) }
  }
}
