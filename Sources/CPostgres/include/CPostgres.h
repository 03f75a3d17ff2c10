#pragma once

#include <postgresql/libpq-fe.h>

// libpq is loaded when the first index on a PostgreSQL server is opened: it brings a dozen libraries, and programs that use
// an index file must not start later for them. Only its header is needed to build.
#define CPG_FUNCTIONS(F) \
  F(PQconnectStartParams) F(PQconnectPoll) F(PQfinish) F(PQstatus) F(PQsocket) F(PQerrorMessage) \
  F(PQconninfoParse) F(PQconninfoFree) F(PQfreemem) F(PQparameterStatus) \
  F(PQtransactionStatus) F(PQsetnonblocking) F(PQflush) F(PQconsumeInput) F(PQisBusy) F(PQgetResult) \
  F(PQenterPipelineMode) F(PQexitPipelineMode) F(PQpipelineSync) F(PQsendPrepare) F(PQsendQueryPrepared) \
  F(PQsendQueryParams) F(PQputCopyData) F(PQputCopyEnd) F(PQgetCancel) \
  F(PQfreeCancel) F(PQcancel) F(PQresultStatus) F(PQresultErrorField) F(PQntuples) F(PQgetisnull) \
  F(PQconnectionUsedPassword) F(PQpass) F(PQgetvalue) F(PQgetlength) F(PQcmdTuples) F(PQclear) F(PQsetNoticeProcessor)

/// The functions of libpq that the engine calls.
typedef struct {
#define CPG_FIELD(name) __typeof__(&name) name;
  CPG_FUNCTIONS(CPG_FIELD)
#undef CPG_FIELD
} CPGFunctions;

/// Loads libpq, and finds its functions. Returns null, or why that is impossible: a text that stays valid until the next
/// call of the thread.
const char *cpg_load(CPGFunctions *functions);

/// Discards a notice of the server. libpq would print it.
void cpg_discard_notice(void *context, const char *message);
