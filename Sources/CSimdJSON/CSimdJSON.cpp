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
  /// The next of simdjson's structural indexes: the offsets of brackets, colons, commas, and of where strings and other
  /// scalars begin. simdjson puts the length of the input after the last.
  const uint32_t *next = nullptr;
  const uint32_t *end = nullptr;
};

namespace {

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

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

/// The string or other scalar at an offset: all until the next structural index but the white space before that.
csj_text token(const csj_parser &p, uint32_t offset) {
  uint32_t end = *p.next;
  // The token's first byte is not white space.
  while (is_space(p.document.bytes[end - 1])) end--;
  return {offset, end - offset};
}

/// Most strings have no escapes: they mean what is between their quotes.
bool read_string(csj_parser &p, csj_text token, csj_text &text) {
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

error_code add_children(csj_parser &p, size_t index, uint32_t depth);

/// Adds the value at the next structural index, which is within `depth` brackets.
inline error_code add(csj_parser &p, csj_text key, uint32_t depth) {
  if (p.next == p.end) return TAPE_ERROR;
  const uint32_t offset = *p.next++;
  const size_t index = p.nodes.count;
  csj_node *const node = p.nodes.append();
  if (!node) return MEMALLOC;
  node->key = key;
  node->text = {};
  node->size = 1;
  node->count = node->kept = 0;
  switch (p.document.bytes[offset]) {
    case '"':
      node->kind = CSJ_STRING;
      node->value = token(p, offset);
      return read_string(p, node->value, node->text) ? SUCCESS : STRING_ERROR;
    case '{':
    case '[':
      if (depth >= p.limits.depth) return DEPTH_ERROR;
      node->kind = p.document.bytes[offset] == '{' ? CSJ_OBJECT : CSJ_ARRAY;
      node->value = {offset, 0};
      return add_children(p, index, depth + 1);
    default:
      node->value = token(p, offset);
      return read_scalar(p, *node) ? SUCCESS : TAPE_ERROR;
  }
}

/// Reads a member's name and the colon.
inline error_code read_key(csj_parser &p, csj_text &key) {
  if (p.next == p.end || p.document.bytes[*p.next] != '"') return TAPE_ERROR;
  const uint32_t offset = *p.next++;
  if (!read_string(p, token(p, offset), key)) return STRING_ERROR;
  if (p.next == p.end || p.document.bytes[*p.next++] != ':') return TAPE_ERROR;
  return SUCCESS;
}

/// Adds what the container at `index` contains, which is within `depth` brackets. A child beyond the limits is read, but
/// its nodes are dropped at once.
error_code add_children(csj_parser &p, size_t index, uint32_t depth) {
  const bool is_object = p.nodes.start[index].kind == CSJ_OBJECT;
  const char close = is_object ? '}' : ']';
  uint32_t count = 0, kept = 0;
  if (p.next < p.end && p.document.bytes[*p.next] == close) {
    p.next++;
  } else {
    char separator;
    do {
      csj_text key{};
      const size_t texts = p.texts.size(), before = p.nodes.count;
      if (is_object) {
        if (const auto error = read_key(p, key)) return error;
      }
      if (const auto error = add(p, key, depth)) return error;
      count++;
      if (depth == 1) {
        if (count > p.limits.members) return too_many_members;
        kept++;
      } else if (depth > kept_depth || count > p.limits.elements || before >= p.limits.nodes) {
        p.nodes.count = before;
        p.texts.resize(texts);
      } else {
        kept++;
      }
      if (p.next == p.end) return TAPE_ERROR;
      separator = p.document.bytes[*p.next++];
    } while (separator == ',');
    if (separator != close) return TAPE_ERROR;
  }
  csj_node &node = p.nodes.start[index];
  node.value.length = p.next[-1] + 1 - node.value.offset;
  node.size = uint32_t(p.nodes.count - index);
  node.count = count;
  node.kept = kept;
  return SUCCESS;
}

/// The whole text must be one object: that is what a record is.
error_code read_object(csj_parser &p, const char *bytes, size_t length) {
  if (length > p.stage1->capacity()) {
    if (const auto error = p.stage1->allocate(length, 1)) return error;
  }
  // Finds the structural indexes, and refuses invalid UTF-8, control characters in strings and a string without an end.
  const auto input = reinterpret_cast<const uint8_t *>(bytes);
  if (const auto error = p.stage1->stage1(input, length, stage1_mode::regular)) return error;
  p.next = p.stage1->structural_indexes.get();
  p.end = p.next + p.stage1->n_structural_indexes;
  p.has_escapes = std::memchr(bytes, '\\', length) != nullptr;
  if (p.next == p.end) return EMPTY;
  if (bytes[*p.next] != '{') return INCORRECT_TYPE;
  if (bytes[p.end[-1]] != '}') return INCOMPLETE_ARRAY_OR_OBJECT;
  if (const auto error = add(p, {}, 0)) return error;
  return p.next == p.end ? SUCCESS : TAPE_ERROR;
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
