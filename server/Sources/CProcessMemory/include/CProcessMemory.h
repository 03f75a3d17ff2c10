#ifndef CPROCESSMEMORY_H
#define CPROCESSMEMORY_H

// Returns the memory that was freed to the system. Does nothing where the allocator cannot.
void cprocess_release_freed_memory(void);

#endif
