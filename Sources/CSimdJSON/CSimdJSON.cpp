#include "CSimdJSON.h"

#include <simdjson.h>

#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>

#include "Unescape.h"

using namespace simdjson;

namespace {

/// Values within more brackets get no nodes: a candidate's values are elements of a member's list, or members of these.
constexpr uint32_t kept_depth = 3;

/// A code that simdjson does not return here: nothing is looked up by index.
constexpr error_code too_many_members = INDEX_OUT_OF_BOUNDS;

/// What is allocated at first: for a usual record.
constexpr size_t first_capacity = 2048, first_nodes = 64;

/// A growing array of nodes. A vector would clear each node before it is filled.
struct node_array {
  csj_node *start = nullptr;
  size_t count = 0, capacity = 0;

  node_array() = default;
  node_array(const node_array &) = delete;
  node_array &operator=(const node_array &) = delete;
  ~node_array() { std::free(start); }

  /// Another node, not filled; null if memory is short.
  csj_node *append() {
    if (count == capacity && !grow()) return nullptr;
    return start + count++;
  }

  bool grow() {
    const size_t wanted = capacity ? 2 * capacity : first_nodes;
    void *const grown = std::realloc(start, wanted * sizeof(csj_node));
    if (!grown) return false;
    start = static_cast<csj_node *>(grown);
    capacity = wanted;
    return true;
  }
};

}  // namespace

struct csj_parser {
  std::unique_ptr<internal::dom_parser_implementation> stage1;
  node_array nodes;
  std::string texts;
  csj_limits limits{};
  csj_document document{};
  bool has_escapes = false;
  /// The end of simdjson's structural indexes: the offsets of brackets, colons, commas, and of where strings and other
  /// scalars begin. simdjson puts the length of the input after the last.
  const uint32_t *end = nullptr;
  /// Why the text was refused.
  error_code error = SUCCESS;
};

namespace {

/// The next of the structural indexes to be read; null once the text is refused. Functions take and return it, so that it
/// stays in a register.
using position = const uint32_t *;

position refuse(csj_parser &p, error_code error) {
  p.error = error;
  return nullptr;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The number grammar of RFC 8259, section 6. The value itself is never computed: what a record spells is kept.
bool is_number(const char *at, const char *end) {
  const auto digits = [&] {
    const char *from = at;
    while (at < end && is_digit(*at)) at++;
    return at > from;
  };
  if (at < end && *at == '-') at++;
  if (at < end && *at == '0') {
    at++;
  } else if (!digits()) {
    return false;
  }
  if (at < end && *at == '.') {
    at++;
    if (!digits()) return false;
  }
  if (at < end && (*at == 'e' || *at == 'E')) {
    at++;
    if (at < end && (*at == '+' || *at == '-')) at++;
    if (!digits()) return false;
  }
  return at == end;
}

bool is_space(char c) { return c <= ' ' && (c == ' ' || c == '\t' || c == '\r' || c == '\n'); }

/// The string or other scalar at an offset: all until the next structural index but the white space before that.
inline csj_text token(const char *bytes, uint32_t offset, position next) {
  uint32_t end = *next;
  // The token's first byte is not white space.
  while (is_space(bytes[end - 1])) end--;
  return {offset, end - offset};
}

/// Most strings have no escapes: they mean what is between their quotes.
inline bool read_string(csj_parser &p, csj_text token, csj_text &text) {
  const char *const bytes = p.document.bytes + token.offset;
  if (token.length < 2 || bytes[token.length - 1] != '"') return false;
  text = {token.offset + 1, token.length - 2};
  if (!p.has_escapes || !std::memchr(bytes + 1, '\\', text.length)) return true;
  const size_t start = p.texts.size();
  if (!append_unescaped(p.texts, bytes + 1, bytes + 1 + text.length)) return false;
  text = {uint32_t(p.document.length + start), uint32_t(p.texts.size() - start)};
  return true;
}

bool read_scalar(const csj_parser &p, csj_node &node) {
  const char *const bytes = p.document.bytes + node.value.offset;
  const uint32_t length = node.value.length;
  if (length == 4 && !std::memcmp(bytes, "null", 4)) {
    node.kind = CSJ_NULL;
  } else if (length == 4 && !std::memcmp(bytes, "true", 4)) {
    node.kind = CSJ_TRUE;
  } else if (length == 5 && !std::memcmp(bytes, "false", 5)) {
    node.kind = CSJ_FALSE;
  } else if (is_number(bytes, bytes + length)) {
    node.kind = CSJ_NUMBER;
    node.text = node.value;
  } else {
    return false;
  }
  return true;
}

position add_children(csj_parser &p, position next, size_t index, uint32_t depth);

/// Adds the value at a position, which is within `depth` brackets.
inline position add(csj_parser &p, position next, csj_text key, uint32_t depth) {
  if (next == p.end) return refuse(p, TAPE_ERROR);
  const char *const bytes = p.document.bytes;
  const uint32_t offset = *next++;
  const size_t index = p.nodes.count;
  csj_node *const node = p.nodes.append();
  if (!node) return refuse(p, MEMALLOC);
  *node = {key, {}, {}, 1, 0, 0, CSJ_STRING};
  switch (bytes[offset]) {
    case '"':
      node->value = token(bytes, offset, next);
      return read_string(p, node->value, node->text) ? next : refuse(p, STRING_ERROR);
    case '{':
    case '[':
      if (depth >= p.limits.depth) return refuse(p, DEPTH_ERROR);
      node->kind = bytes[offset] == '{' ? CSJ_OBJECT : CSJ_ARRAY;
      node->value = {offset, 0};
      return add_children(p, next, index, depth + 1);
    default:
      node->value = token(bytes, offset, next);
      return read_scalar(p, *node) ? next : refuse(p, TAPE_ERROR);
  }
}

/// Reads a member's name and the colon.
inline position read_key(csj_parser &p, position next, csj_text &key) {
  const char *const bytes = p.document.bytes;
  if (next == p.end || bytes[*next] != '"') return refuse(p, TAPE_ERROR);
  const uint32_t offset = *next++;
  if (!read_string(p, token(bytes, offset, next), key)) return refuse(p, STRING_ERROR);
  if (next == p.end || bytes[*next++] != ':') return refuse(p, TAPE_ERROR);
  return next;
}

/// Adds what the container at `index` contains, which is within `depth` brackets. A child beyond the limits is read, but
/// its nodes are dropped at once.
position add_children(csj_parser &p, position next, size_t index, uint32_t depth) {
  const char *const bytes = p.document.bytes;
  const position end = p.end;
  const bool is_object = p.nodes.start[index].kind == CSJ_OBJECT;
  const char close = is_object ? '}' : ']';
  uint32_t count = 0, kept = 0;
  if (next < end && bytes[*next] == close) {
    next++;
  } else {
    char separator;
    do {
      csj_text key{};
      const size_t texts = p.texts.size(), before = p.nodes.count;
      if (is_object && !(next = read_key(p, next, key))) return nullptr;
      if (!(next = add(p, next, key, depth))) return nullptr;
      count++;
      if (depth == 1) {
        if (count > p.limits.members) return refuse(p, too_many_members);
        kept++;
      } else if (depth > kept_depth || count > p.limits.elements || before >= p.limits.nodes) {
        p.nodes.count = before;
        p.texts.resize(texts);
      } else {
        kept++;
      }
      if (next == end) return refuse(p, TAPE_ERROR);
      separator = bytes[*next++];
    } while (separator == ',');
    if (separator != close) return refuse(p, TAPE_ERROR);
  }
  csj_node &node = p.nodes.start[index];
  node.value.length = next[-1] + 1 - node.value.offset;
  node.size = uint32_t(p.nodes.count - index);
  node.count = count;
  node.kept = kept;
  return next;
}

/// The whole text must be one object: that is what a record is.
error_code read_object(csj_parser &p, const char *bytes, size_t length) {
  if (length > p.stage1->capacity()) {
    if (const auto error = p.stage1->allocate(length, 1)) return error;
  }
  // Finds the structural indexes, and refuses invalid UTF-8, control characters in strings and a string without an end.
  const auto input = reinterpret_cast<const uint8_t *>(bytes);
  if (const auto error = p.stage1->stage1(input, length, stage1_mode::regular)) return error;
  const position first = p.stage1->structural_indexes.get();
  p.end = first + p.stage1->n_structural_indexes;
  p.has_escapes = std::memchr(bytes, '\\', length) != nullptr;
  if (first == p.end) return EMPTY;
  if (bytes[*first] != '{') return INCORRECT_TYPE;
  if (bytes[p.end[-1]] != '}') return INCOMPLETE_ARRAY_OR_OBJECT;
  const position last = add(p, first, {}, 0);
  if (!last) return p.error;
  return last == p.end ? SUCCESS : TAPE_ERROR;
}

}  // namespace

csj_parser *csj_parser_create(void) {
  std::unique_ptr<csj_parser> parser(new (std::nothrow) csj_parser());
  if (!parser) return nullptr;
  // As simdjson's own parsers begin. A depth is needed by its second stage only.
  if (get_active_implementation()->create_dom_parser_implementation(first_capacity, 1, parser->stage1)) return nullptr;
  return parser.release();
}

void csj_parser_destroy(csj_parser *parser) { delete parser; }

int csj_parse(csj_parser *p, const char *bytes, size_t length, csj_limits limits, const csj_document **document) {
  // Offsets of texts reach to twice the length: no text is longer unescaped.
  if (length > INT32_MAX) return CAPACITY;
  p->limits = limits;
  p->nodes.count = 0;
  p->texts.clear();
  p->document = {bytes, uint32_t(length), nullptr, 0, nullptr, 0};
  const error_code error = read_object(*p, bytes, length);
  p->document.texts = p->texts.data();
  p->document.texts_length = uint32_t(p->texts.size());
  p->document.nodes = p->nodes.start;
  p->document.count = uint32_t(p->nodes.count);
  *document = &p->document;
  return int(error);
}

csj_error csj_error_kind(int code) {
  switch (code) {
    case int(DEPTH_ERROR): return CSJ_TOO_DEEP;
    case int(too_many_members): return CSJ_TOO_MANY_MEMBERS;
    default: return CSJ_MALFORMED;
  }
}

const char *csj_message(int code) { return error_message(error_code(code)); }
