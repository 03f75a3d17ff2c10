#include "CProcessMemory.h"

#ifdef __linux__
#include <features.h>
#endif

#ifdef __GLIBC__
#include <malloc.h>

void cprocess_release_freed_memory(void) { malloc_trim(0); }
#else
void cprocess_release_freed_memory(void) {}
#endif
