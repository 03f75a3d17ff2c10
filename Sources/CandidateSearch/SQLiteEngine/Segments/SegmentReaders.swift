/// Readers of several segments, by position.
struct SegmentReaders: ~Copyable {
  let start: UnsafeMutablePointer<SegmentReader>
  let count: Int

  init(_ storage: SegmentStorage, _ segments: [SegmentStructure.Segment]) {
    count = segments.count
    start = .allocate(capacity: count)
    for (i, segment) in segments.enumerated() { (start + i).initialize(to: SegmentReader(storage, segment)) }
  }

  deinit {
    start.deinitialize(count: count)
    start.deallocate()
  }

  subscript(i: Int) -> SegmentReader {
    @inline(__always) unsafeAddress { UnsafePointer(start + i) }
    @inline(__always) nonmutating unsafeMutableAddress { start + i }
  }
}
