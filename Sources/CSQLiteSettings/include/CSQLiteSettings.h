#pragma once

/// Turns off SQLite's count of its memory in this process. SQLite would take a mutex at every allocation. Returns
/// SQLITE_OK, or SQLITE_MISUSE where SQLite is in use already. (sqlite3_config is variadic, so Swift cannot call it.)
int csql_disable_memory_statistics(void);
