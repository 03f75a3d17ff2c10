#ifndef CSIMDJSON_UNESCAPE_H
#define CSIMDJSON_UNESCAPE_H

#include <cstdint>
#include <cstring>
#include <string>

// The escapes of RFC 8259, section 7.

/// The code unit of four hexadecimal digits; -1 if they are none.
inline int code_unit(const char *at, const char *end) {
  if (end - at < 4) return -1;
  int unit = 0;
  for (int i = 0; i < 4; i++) {
    const char c = at[i], lower = char(c | 0x20);
    int digit;
    if (c >= '0' && c <= '9') {
      digit = c - '0';
    } else if (lower >= 'a' && lower <= 'f') {
      digit = lower - 'a' + 10;
    } else {
      return -1;
    }
    unit = unit << 4 | digit;
  }
  return unit;
}

inline void append_utf8(std::string &text, uint32_t scalar) {
  const auto continuation = [&](int shift) { text.push_back(char(0x80 | (scalar >> shift & 0x3F))); };
  if (scalar < 0x80) {
    text.push_back(char(scalar));
  } else if (scalar < 0x800) {
    text.push_back(char(0xC0 | scalar >> 6));
    continuation(0);
  } else if (scalar < 0x10000) {
    text.push_back(char(0xE0 | scalar >> 12));
    continuation(6);
    continuation(0);
  } else {
    text.push_back(char(0xF0 | scalar >> 18));
    continuation(12);
    continuation(6);
    continuation(0);
  }
}

/// Reads what follows `\u`, with a second escape if the two are a surrogate pair, and moves `at` after it. Half a pair,
/// which real exports contain where a text was cut in two, is U+FFFD.
inline bool append_code_unit(std::string &text, const char *&at, const char *end) {
  const int unit = code_unit(at, end);
  if (unit < 0) return false;
  at += 4;
  uint32_t scalar = uint32_t(unit);
  if (unit >= 0xD800 && unit <= 0xDFFF) {
    scalar = 0xFFFD;
    const int low = unit < 0xDC00 && end - at >= 6 && at[0] == '\\' && at[1] == 'u' ? code_unit(at + 2, end) : -1;
    if (low >= 0xDC00 && low <= 0xDFFF) {
      scalar = 0x10000 + (uint32_t(unit - 0xD800) << 10) + uint32_t(low - 0xDC00);
      at += 6;
    }
  }
  append_utf8(text, scalar);
  return true;
}

/// Appends what the bytes of a string mean; false if an escape is none.
inline bool append_unescaped(std::string &text, const char *at, const char *end) {
  while (at < end) {
    const auto backslash = static_cast<const char *>(std::memchr(at, '\\', size_t(end - at)));
    text.append(at, backslash ? backslash : end);
    if (!backslash) return true;
    if (end - backslash < 2) return false;
    at = backslash + 2;
    switch (const char escape = backslash[1]) {
      case '"':
      case '\\':
      case '/': text.push_back(escape); break;
      case 'b': text.push_back('\b'); break;
      case 'f': text.push_back('\f'); break;
      case 'n': text.push_back('\n'); break;
      case 'r': text.push_back('\r'); break;
      case 't': text.push_back('\t'); break;
      case 'u':
        if (!append_code_unit(text, at, end)) return false;
        break;
      default: return false;
    }
  }
  return true;
}

#endif
