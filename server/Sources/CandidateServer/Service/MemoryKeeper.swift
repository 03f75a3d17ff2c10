import CProcessMemory
import ServiceLifecycle

/// Returns memory that is not in use to the system, some times a minute.
///
/// A change fills the page cache of its connection. Each commit, of this process or of another, makes that cache useless
/// and those of searches too, and each time other threads build them anew. glibc keeps what is freed for the threads that
/// share an arena with the one that allocated it. Without this, every arena grows to the peak of all threads that ever
/// used it.
struct MemoryKeeper: ServiceLifecycle.Service {
  var interval = Duration.seconds(5)
  /// Frees what is cached and can be read again.
  let releaseMemory: @Sendable () -> Void

  func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        try? await Task.sleep(for: interval)
        releaseMemory()
        cprocess_release_freed_memory()
      }
    }
  }
}
