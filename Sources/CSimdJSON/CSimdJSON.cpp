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
};

const size_t csj_padding = SIMDJSON_PADDING;

namespace {

/// Deeper values are refused: simdjson's On-Demand interface leaves the limit to its callers.
constexpr int maximum_depth = 1000;

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

error_code add(csj_parser &p, ondemand::value value, std::string_view key, int depth);

/// After its last child, the next token is what follows the container; white space between is not its own.
uint32_t container_length(csj_parser &p, uint32_t offset) {
  const char *next = nullptr;
  if (p.document.current_location().get(next)) return 0;
  while (next > p.base + offset && is_space(next[-1])) next--;
  return uint32_t(next - (p.base + offset));
}

error_code add_children(csj_parser &p, ondemand::object object, int depth, uint32_t &count) {
  for (auto entry : object) {
    ondemand::field field;
    if (auto error = std::move(entry).get(field)) return error;
    std::string_view key;
    if (auto error = field.unescaped_key().get(key)) return error;
    if (auto error = add(p, field.value(), key, depth)) return error;
    count++;
  }
  return SUCCESS;
}

error_code add_children(csj_parser &p, ondemand::array array, int depth, uint32_t &count) {
  for (auto entry : array) {
    ondemand::value value;
    if (auto error = std::move(entry).get(value)) return error;
    if (auto error = add(p, value, {}, depth)) return error;
    count++;
  }
  return SUCCESS;
}

/// Adds a container and what it holds behind its node, which stands at `index`.
template <typename Container>
error_code add_container(csj_parser &p, Container container, size_t index, int depth) {
  uint32_t count = 0;
  if (auto error = add_children(p, container, depth + 1, count)) return error;
  csj_node &node = p.nodes[index];
  node.count = count;
  node.size = uint32_t(p.nodes.size() - index);
  node.length = container_length(p, node.offset);
  return SUCCESS;
}

error_code add(csj_parser &p, ondemand::value value, std::string_view key, int depth) {
  if (depth > maximum_depth) return DEPTH_ERROR;
  std::string_view token = spelled(value.raw_json_token());
  if (token.empty()) return TAPE_ERROR;
  const size_t index = p.nodes.size();
  csj_node &node = p.nodes.emplace_back();
  node.key = key.data();
  node.key_length = uint32_t(key.size());
  node.offset = uint32_t(token.data() - p.base);
  node.length = uint32_t(token.size());
  node.size = 1;
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

int csj_parse(csj_parser *p, const char *bytes, size_t length, const csj_node **nodes, size_t *count) {
  p->base = bytes;
  p->nodes.clear();
  if (length >= UINT32_MAX) return CAPACITY;
  error_code error = read_object(*p, bytes, length);
  *nodes = p->nodes.data();
  *count = p->nodes.size();
  return int(error);
}

const char *csj_message(int code) { return error_message(error_code(code)); }

int csj_is_string_error(int code) { return code == STRING_ERROR; }
