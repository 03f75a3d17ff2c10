import AccessKeys

/// The operations for people, and for the pages that they look at.
enum PageTable {
  static let all: [Operation] = [
    Operation(
      id: "page", method: .get, path: "/", access: .session(.search), audience: .people,
      summary: "The search: the start page, or a page of results.", parameters: PageOperations.parameters,
      answers: [page], problems: searchProblems, isRecorded: true, run: PageOperations.page),
    Operation(
      id: "results-part", method: .get, path: "/results", access: .session(.search), audience: .pages,
      summary: "The results alone.", parameters: PageOperations.parameters,
      answers: [page], problems: searchProblems, isRecorded: true, run: PageOperations.results),
    Operation(
      id: "filters-part", method: .get, path: "/filters", access: .session(.search), audience: .pages,
      summary: "The number of results, their filters and the age of the data.",
      parameters: PageOperations.parameters, answers: [page], problems: searchProblems, isRecorded: true,
      run: PageOperations.filters),
    Operation(
      id: "suggestions-part", method: .get, path: "/suggestions", access: .session(.search), audience: .pages,
      summary: "What a text that is being typed may become.", parameters: [SearchOperation.query],
      answers: [page], problems: [.overloaded, .tooSlow, .indexUnavailable], run: PageOperations.suggestions),
    Operation(
      id: "candidate-part", method: .get, path: "/candidate", access: .session(.records), audience: .pages,
      summary: "A candidate.", parameters: PageOperations.parameters, answers: [page],
      problems: [.notFound] + searchProblems, isRecorded: true, run: PageOperations.candidate),
    Operation(
      id: "save-export", method: .post, path: "/export", access: .session(.export),
      furtherRights: ExportOperation.furtherRights, audience: .people,
      summary: "Saves the candidates that a search finds, as `GET /v1/export` returns them.",
      parameters: ExportOperation.formFields, body: .form,
      answers: [.init(status: .ok, summary: "The candidates.", type: .csv)],
      problems: searchProblems + [.formExpired, .exportTooLarge], isRecorded: true,
      run: ExportOperation.save),
    Operation(
      id: "sign-in-page", method: .get, path: "/sign-in", access: .open, audience: .people,
      summary: "The page to sign in on.", parameters: [SignInOperations.next], answers: [page],
      run: SignInOperations.page),
    Operation(
      id: "sign-in", method: .post, path: "/sign-in", access: .open, audience: .people,
      summary: "Begins a session with a key.",
      parameters: [SignInOperations.key, SignInOperations.next, SignInOperations.csrf], body: .form,
      answers: [elsewhere], run: SignInOperations.signIn),
    Operation(
      id: "sign-out", method: .post, path: "/sign-out", access: .open, audience: .people,
      summary: "Ends the session.", parameters: [SignInOperations.csrf], body: .form, answers: [elsewhere],
      problems: [.formExpired], run: SignInOperations.signOut),
    Operation(
      id: "purpose", method: .post, path: "/purpose", access: .open, audience: .people,
      summary: "Keeps in a cookie why a person searches.",
      parameters: [SignInOperations.purpose, SignInOperations.next, SignInOperations.csrf], body: .form,
      answers: [elsewhere],
      problems: [.formExpired], run: SignInOperations.setPurpose),
    Operation(
      id: "asset", method: .get, path: "/assets/{name}", access: .open, audience: .pages,
      summary: "A file that pages load.", parameters: [PageOperations.assetName],
      answers: [.init(status: .ok, summary: "The file.")], problems: [.notFound], run: PageOperations.asset),
  ]

  private static let page = Operation.Answer(status: .ok, summary: "The page.", type: .html)
  private static let elsewhere = Operation.Answer(status: .seeOther, summary: "Leads to a page.")
  private static let searchProblems: [Problem.Kind] = [
    .wrongQuery, .overloaded, .tooSlow, .indexUnavailable,
  ]
}
