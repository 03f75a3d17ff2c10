#include "CPostgres.h"

#include <dlfcn.h>

const char *cpg_load(CPGFunctions *functions) {
  void *library = dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) return dlerror();
#define CPG_FIND(name) \
  functions->name = (__typeof__(&name))dlsym(library, #name); \
  if (functions->name == NULL) return dlerror();
  CPG_FUNCTIONS(CPG_FIND)
#undef CPG_FIND
  return NULL;
}

void cpg_discard_notice(void *context, const char *message) {
  (void)context;
  (void)message;
}
