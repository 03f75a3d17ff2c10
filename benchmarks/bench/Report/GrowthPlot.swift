import Foundation

/// `growth.svg`: the time of a query by the number of candidates, both on logarithmic scales, a line an engine.
struct GrowthPlot {
  let results: Results

  private static let size = (width: 760.0, height: 440.0)
  private static let area = (left: 80.0, right: 600.0, top: 50.0, bottom: 380.0)
  /// Told apart by people who see no red and green, too (Okabe and Ito's palette).
  private static let colors = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"]

  private struct Line {
    var name: String
    var color: String
    var isOurs: Bool
    var points: [(size: Double, time: Double)]
  }

  /// Nil where there is nothing to draw: a single size, say.
  var svg: String? {
    let lines = lines
    let points = lines.flatMap(\.points)
    guard let smallest = points.map(\.size).min(), let largest = points.map(\.size).max(), smallest < largest,
      let fastest = points.map(\.time).min(), let slowest = points.map(\.time).max()
    else { return nil }
    let (low, high) = (floor(log10(fastest)), ceil(log10(slowest) + 0.001))
    func x(_ size: Double) -> Double {
      Self.area.left + (Self.area.right - Self.area.left) * log(size / smallest) / log(largest / smallest)
    }
    func y(_ time: Double) -> Double {
      Self.area.bottom - (Self.area.bottom - Self.area.top) * (log10(time) - low) / (high - low)
    }
    let decades = stride(from: low, through: high, by: 1).map { decade in
      grid(y: y(pow(10, decade)), label: Numbers.time(pow(10, decade)))
    }
    let sizes = Set(points.map(\.size)).sorted().map {
      text(Numbers.grouped(Int($0)), x($0), Self.area.bottom + 22)
    }
    let labels = apart(lines.map { y($0.points.last?.time ?? 1) })
    let drawn = zip(lines, labels).map { line, label in
      polyline(line, line.points.map { (x($0.size), y($0.time)) })
        + text(line.name, Self.area.right + 12, label + 4, "start", line.color, line.isOurs)
    }
    return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Int(Self.size.width)) \(Int(Self.size.height))" \
      font-family="system-ui, sans-serif" font-size="13">
      <rect width="100%" height="100%" fill="#ffffff"/>
      \(text("Time of a query, geometric mean of the whole mix", Self.area.left, 28, "start", "#222222", true))
      \((decades + sizes + drawn).joined(separator: "\n"))
      \(text("candidates", (Self.area.left + Self.area.right) / 2, Self.area.bottom + 46))
      </svg>

      """
  }

  private var lines: [Line] {
    zip(results.engines, Self.colors).compactMap { engine, color in
      let rows = results.classes.filter { $0.engine == engine.key && $0.class == LatencyRow.all }
      let points = rows.map { (size: Double($0.size), time: $0.median(\.geometricMean)) }
        .filter { $0.size > 0 && $0.time > 0 }.sorted { $0.size < $1.size }
      let isOurs = engine.key == Engine.oursKey
      return points.isEmpty ? nil : Line(name: engine.name, color: color, isOurs: isOurs, points: points)
    }
  }

  /// Heights of labels, moved so far apart that none lies on another.
  private func apart(_ heights: [Double]) -> [Double] {
    var moved = heights
    var above = -Double.infinity
    for i in heights.indices.sorted(by: { heights[$0] < heights[$1] }) {
      moved[i] = max(heights[i], above + 18)
      above = moved[i]
    }
    return moved
  }

  private func grid(y: Double, label: String) -> String {
    let (left, right, y) = (round(Self.area.left), round(Self.area.right), round(y))
    return "<line x1='\(left)' y1='\(y)' x2='\(right)' y2='\(y)' stroke='#dddddd'/>"
      + text(label, Self.area.left - 10, y + 4, "end")
  }

  private func polyline(_ line: Line, _ points: [(x: Double, y: Double)]) -> String {
    let path = points.map { "\(round($0.x)),\(round($0.y))" }.joined(separator: " ")
    let dots = points.map { "<circle cx='\(round($0.x))' cy='\(round($0.y))' r='4' fill='\(line.color)'/>" }
    let width = line.isOurs ? 4 : 2
    return "<polyline points='\(path)' fill='none' stroke='\(line.color)' stroke-width='\(width)'/>"
      + dots.joined()
  }

  private func text(
    _ text: String, _ x: Double, _ y: Double, _ anchor: String = "middle", _ color: String = "#555555",
    _ isBold: Bool = false
  ) -> String {
    let weight = isBold ? " font-weight='bold'" : ""
    let escaped = text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
    return
      "<text x='\(round(x))' y='\(round(y))' text-anchor='\(anchor)' fill='\(color)'\(weight)>\(escaped)</text>"
  }

  private func round(_ value: Double) -> Double { (value * 10).rounded() / 10 }
}
