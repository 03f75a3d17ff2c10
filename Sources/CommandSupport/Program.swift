/// What both programs say of themselves.
package enum Program {
  package static let version = "0.1.0"
}
