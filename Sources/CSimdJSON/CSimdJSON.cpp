#include "CSimdJSON.h"

#include <simdjson.h>

#include <cstring>
#include <new>
#include <string_view>
#include <vector>

using namespace simdjson;

struct csj_parser {
  ondemand::parser parser;
  ondemand::document document;
  std::vector<csj_node> nodes;
  const char *base = nullptr;
  csj_limits limits{};
};

const size_t csj_padding = SIMDJSON_PADDING;

namespace {

/// Values within more brackets get no nodes: a candidate's values are elements of a member's list, or members of these.
constexpr uint32_t kept_depth = 3;

/// A code that simdjson does not return here: nothing is looked up by index.
constexpr error_code too_many_members = INDEX_OUT_OF_BOUNDS;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The number grammar of RFC 8259, section 6. The value itself is never computed: what a record spells is kept.
bool is_number(std::string_view s) {
  size_t i = 0, n = s.size();
  auto digits = [&] {
    size_t from = i;
    while (i < n && is_digit(s[i])) i++;
    return i > from;
  };
  if (i < n && s[i] == '-') i++;
  if (i < n && s[i] == '0') {
    i++;
  } else if (!digits()) {
    return false;
  }
  if (i < n && s[i] == '.') {
    i++;
    if (!digits()) return false;
  }
  if (i < n && (s[i] == 'e' || s[i] == 'E')) {
    i++;
    if (i < n && (s[i] == '+' || s[i] == '-')) i++;
    if (!digits()) return false;
  }
  return i == n && n > 0;
}

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

/// The value's own bytes in the input, without the white space after it.
std::string_view spelled(std::string_view token) {
  while (!token.empty() && is_space(token.back())) token.remove_suffix(1);
  return token;
}

bool has_escape(std::string_view token) { return std::memchr(token.data(), '\\', token.size()) != nullptr; }

/// Most strings have no escapes: what they mean is what stands between their quotes.
error_code string(ondemand::value value, std::string_view token, csj_node &node) {
  std::string_view text = token.substr(1, token.size() - 2);
  if (token.size() < 2 || has_escape(token)) {
    if (auto error = value.get_string().get(text)) return error;
  } else {
    ondemand::raw_json_string consumed;
    if (auto error = value.get_raw_json_string().get(consumed)) return error;
  }
  node.kind = CSJ_STRING;
  node.text = text.data();
  node.text_length = uint32_t(text.size());
  return SUCCESS;
}

error_code scalar(std::string_view token, csj_node &node) {
  if (token == "true") {
    node.kind = CSJ_TRUE;
  } else if (token == "false") {
    node.kind = CSJ_FALSE;
  } else if (token == "null") {
    node.kind = CSJ_NULL;
  } else if (is_number(token)) {
    node.kind = CSJ_NUMBER;
    node.text = token.data();
    node.text_length = uint32_t(token.size());
  } else {
    return TAPE_ERROR;
  }
  return SUCCESS;
}

error_code add(csj_parser &p, ondemand::value value, std::string_view key, uint32_t depth);

/// After its last child, the next token is what follows the container; white space between is not its own.
uint32_t container_length(csj_parser &p, uint32_t offset) {
  const char *next = nullptr;
  if (p.document.current_location().get(next)) return 0;
  while (next > p.base + offset && is_space(next[-1])) next--;
  return uint32_t(next - (p.base + offset));
}

/// How many children a container has, and how many of them have nodes.
struct children {
  uint32_t count = 0;
  uint32_t kept = 0;
};

/// Adds a child within so many brackets. A child beyond the limits is read, but its nodes are dropped at once.
error_code add_child(csj_parser &p, ondemand::value value, std::string_view key, uint32_t depth, children &found) {
  const size_t before = p.nodes.size();
  if (auto error = add(p, value, key, depth)) return error;
  found.count++;
  if (depth == 1) {
    if (found.count > p.limits.members) return too_many_members;
  } else if (depth > kept_depth || found.count > p.limits.elements || before >= p.limits.nodes) {
    p.nodes.resize(before);
    return SUCCESS;
  }
  found.kept++;
  return SUCCESS;
}

error_code add_children(csj_parser &p, ondemand::object object, uint32_t depth, children &found) {
  for (auto entry : object) {
    ondemand::field field;
    if (auto error = std::move(entry).get(field)) return error;
    std::string_view key;
    if (auto error = field.unescaped_key().get(key)) return error;
    if (auto error = add_child(p, field.value(), key, depth, found)) return error;
  }
  return SUCCESS;
}

error_code add_children(csj_parser &p, ondemand::array array, uint32_t depth, children &found) {
  for (auto entry : array) {
    ondemand::value value;
    if (auto error = std::move(entry).get(value)) return error;
    if (auto error = add_child(p, value, {}, depth, found)) return error;
  }
  return SUCCESS;
}

/// Adds a container and what it holds behind its node, which stands at `index`.
template <typename Container>
error_code add_container(csj_parser &p, Container container, size_t index, uint32_t depth) {
  children found;
  if (auto error = add_children(p, container, depth + 1, found)) return error;
  csj_node &node = p.nodes[index];
  node.count = found.count;
  node.kept = found.kept;
  node.size = uint32_t(p.nodes.size() - index);
  node.length = container_length(p, node.offset);
  return SUCCESS;
}

error_code add(csj_parser &p, ondemand::value value, std::string_view key, uint32_t depth) {
  std::string_view token = spelled(value.raw_json_token());
  if (token.empty()) return TAPE_ERROR;
  const size_t index = p.nodes.size();
  csj_node &node = p.nodes.emplace_back();
  node.key = key.data();
  node.key_length = uint32_t(key.size());
  node.offset = uint32_t(token.data() - p.base);
  node.length = uint32_t(token.size());
  node.size = 1;
  const bool is_container = token.front() == '{' || token.front() == '[';
  // On-Demand leaves the limit to its callers.
  if (is_container && depth >= p.limits.depth) return DEPTH_ERROR;
  switch (token.front()) {
    case '"': return string(value, token, node);
    case '{': {
      node.kind = CSJ_OBJECT;
      ondemand::object object;
      if (auto error = value.get_object().get(object)) return error;
      return add_container(p, object, index, depth);
    }
    case '[': {
      node.kind = CSJ_ARRAY;
      ondemand::array array;
      if (auto error = value.get_array().get(array)) return error;
      return add_container(p, array, index, depth);
    }
    default: return scalar(token, node);
  }
}

/// The whole text must be one object: that is what a record is.
error_code read_object(csj_parser &p, const char *bytes, size_t length) {
  if (auto error = p.parser.iterate(bytes, length, length + SIMDJSON_PADDING).get(p.document)) return error;
  p.nodes.emplace_back().kind = CSJ_OBJECT;
  ondemand::object object;
  if (auto error = p.document.get_object().get(object)) return error;
  if (auto error = add_container(p, object, 0, 0)) return error;
  const char *behind = nullptr;
  if (!p.document.current_location().get(behind) && behind < bytes + length) return TAPE_ERROR;
  p.nodes[0].length = uint32_t(length);
  return SUCCESS;
}

}  // namespace

csj_parser *csj_parser_create(void) { return new (std::nothrow) csj_parser(); }

void csj_parser_destroy(csj_parser *parser) { delete parser; }

int csj_parse(csj_parser *p, const char *bytes, size_t length, csj_limits limits, const csj_node **nodes,
              size_t *count) {
  p->base = bytes;
  p->limits = limits;
  p->nodes.clear();
  if (length >= UINT32_MAX) return CAPACITY;
  error_code error = read_object(*p, bytes, length);
  *nodes = p->nodes.data();
  *count = p->nodes.size();
  return int(error);
}

csj_error csj_error_kind(int code) {
  switch (code) {
    case int(STRING_ERROR): return CSJ_WRONG_STRING;
    case int(DEPTH_ERROR): return CSJ_TOO_DEEP;
    case int(too_many_members): return CSJ_TOO_MANY_MEMBERS;
    default: return CSJ_MALFORMED;
  }
}

const char *csj_message(int code) { return error_message(error_code(code)); }
