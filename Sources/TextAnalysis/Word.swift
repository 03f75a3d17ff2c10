/// A word of a text, and the forms in which it is indexed and searched.
///
/// `O'Brien` has the forms `obrien` and `o brien`; `node.js` has `node js` and `nodejs`. Each form is a run of
/// tokens. A token contains no white space.
package struct Word: Hashable, Sendable {
  /// The forms in which the word is indexed and searched, the usual one first. Never empty.
  package var forms: [[String]]
  /// Forms in which the word is only indexed: `net` finds `.NET`, `.NET` does not find `net`.
  package var indexedForms: [[String]] = []

  package init(forms: [[String]], indexedForms: [[String]] = []) {
    self.forms = forms
    self.indexedForms = indexedForms
  }

  /// The tokens of the usual form.
  package var tokens: [String] { forms[0] }

  /// Adds a form, unless the word has it.
  package mutating func addForm(_ form: [String]) {
    if !form.isEmpty, !forms.contains(form) { forms.append(form) }
  }

  /// Adds a form that is only indexed, unless the word has it.
  package mutating func addIndexedForm(_ form: [String]) {
    if !forms.contains(form), !indexedForms.contains(form) { indexedForms.append(form) }
  }
}
