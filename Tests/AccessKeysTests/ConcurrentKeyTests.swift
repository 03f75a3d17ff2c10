import AccessKeys
import Foundation
import Testing

/// Many threads on one file.
@Suite struct ConcurrentKeyTests {
  @Test func noKeyIsLost() throws {
    let test = try TestFolder()
    DispatchQueue.concurrentPerform(iterations: 40) { number in
      // Each has an object of its own, as each process has.
      let file = AccessKeyFile(path: test.path)
      let secret = try? file.add(name: "key \(number)").secret
      if number % 4 == 0 { _ = try? file.revoke(name: "key \(number)") }
      #expect((try? test.keys.key(for: secret ?? "")) != nil || number % 4 == 0)
    }
    let expected = (0..<40).filter { $0 % 4 != 0 }.map { "key \($0)" }
    #expect(try test.keys.list().map(\.name).sorted() == expected.sorted())
  }

  @Test func oneOfManyWithTheSameNameWins() throws {
    let test = try TestFolder()
    let keys = test.keys
    DispatchQueue.concurrentPerform(iterations: 20) { _ in _ = try? keys.add(name: "page") }
    #expect(try keys.list().map(\.name) == ["page"])
  }

  @Test func readersSeeEachKeyWhileOthersChange() throws {
    let test = try TestFolder()
    let keys = test.keys
    let secret = try keys.add(name: "kept").secret
    DispatchQueue.concurrentPerform(iterations: 8) { number in
      for round in 0..<100 {
        if number == 0 {
          _ = try? keys.add(name: "key \(round)")
          _ = try? keys.revoke(name: "key \(round)")
        } else {
          #expect((try? keys.key(for: secret)) != nil)
        }
      }
    }
    #expect(try keys.list().map(\.name) == ["kept"])
  }
}
