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
  csj_kind kind;
} csj_node;

typedef struct csj_parser csj_parser;

/// Bytes that must be readable after the JSON text (their content does not matter).
extern const size_t csj_padding;

/// A parser, to be used by one thread at a time; null if memory is short.
csj_parser *csj_parser_create(void);
void csj_parser_destroy(csj_parser *parser);

/// Reads one JSON object of `length` bytes. On success gives 0 and its nodes, valid until the parser's
/// next call; otherwise an error code for `csj_message`.
int csj_parse(csj_parser *parser, const char *bytes, size_t length, const csj_node **nodes, size_t *count);

/// A sentence for an error code.
const char *csj_message(int code);

/// Whether the code says that a string has an escape with no character behind it (a lone surrogate, say).
int csj_is_string_error(int code);

#ifdef __cplusplus
}
#endif
#endif
