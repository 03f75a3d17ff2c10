#ifndef CSIMDJSON_H
#define CSIMDJSON_H

#include <stddef.h>
#include <stdint.h>

// A plain C face over Debian's libsimdjson: one JSON text becomes one flat array of nodes.

#ifdef __cplusplus
extern "C" {
#endif

/// What a JSON value is.
typedef enum csj_kind {
  CSJ_OBJECT,
  CSJ_ARRAY,
  CSJ_STRING,
  CSJ_NUMBER,
  CSJ_TRUE,
  CSJ_FALSE,
  CSJ_NULL,
} csj_kind;

/// One JSON value. A container's children follow it directly.
typedef struct csj_node {
  /// The member's name, unescaped; null unless the parent is an object.
  const char *key;
  /// A string's unescaped bytes, or a number as it is spelled.
  const char *text;
  uint32_t key_length;
  uint32_t text_length;
  /// Where the value stands in the input, in bytes, quotes and brackets included.
  uint32_t offset;
  uint32_t length;
  /// How many nodes it is, with all that it contains: so far is its sibling.
  uint32_t size;
  /// How many members or elements it has.
  uint32_t count;
  /// How many of them have nodes, from the first on.
  uint32_t kept;
  csj_kind kind;
} csj_node;

/// What is refused, and what is read but gets no nodes.
typedef struct csj_limits {
  /// More open brackets are refused, the outermost object's included.
  uint32_t depth;
  /// More members of the outermost object are refused; all others have nodes.
  uint32_t members;
  /// More elements of a list, or members of an object inside, get no nodes.
  uint32_t elements;
  /// With so many nodes in all, only members of the outermost object get more.
  uint32_t nodes;
} csj_limits;

typedef struct csj_parser csj_parser;

/// Bytes that must be readable after the JSON text (their content does not matter).
extern const size_t csj_padding;

/// A parser, to be used by one thread at a time; null if memory is short.
csj_parser *csj_parser_create(void);
void csj_parser_destroy(csj_parser *parser);

/// Reads one JSON object of `length` bytes, all of it, whatever of it gets nodes: values within more than three brackets
/// get none. Returns 0 and the nodes, valid until the parser's next call; otherwise an error code.
int csj_parse(csj_parser *parser, const char *bytes, size_t length, csj_limits limits, const csj_node **nodes,
              size_t *count);

/// What an error code means to the caller.
typedef enum csj_error {
  /// The text is not well-formed.
  CSJ_MALFORMED,
  /// A string has an escape with no character behind it (a lone surrogate, say).
  CSJ_WRONG_STRING,
  CSJ_TOO_DEEP,
  CSJ_TOO_MANY_MEMBERS,
} csj_error;

csj_error csj_error_kind(int code);

/// A sentence for the code of a malformed text.
const char *csj_message(int code);

#ifdef __cplusplus
}
#endif
#endif
