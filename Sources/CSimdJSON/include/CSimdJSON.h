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

/// The position of a text: in the input, or after its end, in `csj_document.texts`.
typedef struct csj_text {
  uint32_t offset;
  uint32_t length;
} csj_text;

/// One JSON value. A container's children follow it directly.
typedef struct csj_node {
  /// The member's name, unescaped; empty unless the parent is an object.
  csj_text key;
  /// A string, unescaped, or a number as it is spelled; empty for anything else.
  csj_text text;
  /// The position of the value in the input, quotes and brackets included.
  csj_text value;
  /// The number of nodes of the value and of all that it contains: the distance to its sibling.
  uint32_t size;
  /// The number of its members or elements.
  uint32_t count;
  /// The number of them that have nodes, from the first on.
  uint32_t kept;
  csj_kind kind;
} csj_node;

/// A text that was read.
typedef struct csj_document {
  const char *bytes;
  uint32_t length;
  /// The strings that have escapes, unescaped, one after another. The byte at `texts[i]` has the offset `length + i`.
  const char *texts;
  uint32_t texts_length;
  /// The outermost object, then all that it contains.
  const csj_node *nodes;
  uint32_t count;
} csj_document;

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

/// A parser, to be used by one thread at a time; null if memory is short.
csj_parser *csj_parser_create(void);
void csj_parser_destroy(csj_parser *parser);

/// Reads one JSON object of `length` bytes, all of it, whatever of it gets nodes: values within more than three brackets
/// get none. A lone surrogate escape (`"\ud83d"`) is read as U+FFFD. Returns 0 and the document, valid until the parser's
/// next call and as long as `bytes` are; otherwise an error code.
int csj_parse(csj_parser *parser, const char *bytes, size_t length, csj_limits limits, const csj_document **document);

/// What an error code means to the caller.
typedef enum csj_error {
  /// The text is not well-formed.
  CSJ_MALFORMED,
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
