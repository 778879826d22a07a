/* Preloaded into a process: notes every change of one database's files, and every sync of them, in the order they
 * happened. A record is {kind, file, offset, length} and, of a write, its bytes; see disk-log.ts, which reads it. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define MAX_FD 65536
enum { WRITE = 1, TRUNCATE = 2, SYNC = 3, UNLINK = 4 };
enum { NONE = 0, MAIN = 1, WAL = 2, JOURNAL = 3, FOLDER = 4 };

static unsigned char file_of[MAX_FD];
static const char *database;
static int out = -1;
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;

__attribute__((constructor)) static void begin(void) {
  const char *path = getenv("DISK_LOG");
  database = getenv("DISK_LOG_OF");
  if (path && database) out = syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static int name_of(const char *path) {
  if (out < 0 || !path) return NONE;
  size_t length = strlen(database);
  const char *slash = strrchr(database, '/');
  if (strlen(path) == (size_t)(slash - database) && !strncmp(path, database, slash - database)) return FOLDER;
  if (strncmp(path, database, length)) return NONE;
  if (!path[length]) return MAIN;
  if (!strcmp(path + length, "-wal")) return WAL;
  if (!strcmp(path + length, "-journal")) return JOURNAL;
  return NONE;
}

static int known(int fd) { return fd >= 0 && fd < MAX_FD ? file_of[fd] : NONE; }

static void note(uint32_t kind, uint32_t file, uint64_t offset, const void *bytes, uint64_t length) {
  struct { uint32_t kind, file; uint64_t offset, length; } head = {kind, file, offset, length};
  struct iovec parts[2] = {{&head, sizeof head}, {(void *)bytes, bytes ? length : 0}};
  pthread_mutex_lock(&turn);
  syscall(SYS_writev, out, parts, 2);
  pthread_mutex_unlock(&turn);
}

#define REAL(name, result, ...)                                   \
  static result (*real)(__VA_ARGS__);                             \
  if (!real) real = (result (*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name)

#define OPEN(name)                                                \
  int name(const char *path, int flags, ...) {                    \
    REAL(name, int, const char *, int, ...);                      \
    va_list more;                                                 \
    va_start(more, flags);                                        \
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, mode_t) : 0; \
    va_end(more);                                                 \
    int fd = real(path, flags, mode);                             \
    if (fd >= 0 && fd < MAX_FD) file_of[fd] = name_of(path);      \
    return fd;                                                    \
  }
OPEN(open)
OPEN(open64)

int close(int fd) {
  REAL(close, int, int);
  if (known(fd)) file_of[fd] = NONE;
  return real(fd);
}

#define PWRITE(name)                                              \
  ssize_t name(int fd, const void *bytes, size_t count, off64_t at) { \
    REAL(name, ssize_t, int, const void *, size_t, off64_t);      \
    ssize_t written = real(fd, bytes, count, at);                 \
    if (known(fd) && written > 0) note(WRITE, known(fd), at, bytes, written); \
    return written;                                               \
  }
PWRITE(pwrite)
PWRITE(pwrite64)

ssize_t write(int fd, const void *bytes, size_t count) {
  REAL(write, ssize_t, int, const void *, size_t);
  if (!known(fd)) return real(fd, bytes, count);
  off64_t at = lseek64(fd, 0, SEEK_CUR);
  ssize_t written = real(fd, bytes, count);
  if (written > 0) note(WRITE, known(fd), at, bytes, written);
  return written;
}

#define FTRUNCATE(name)                                           \
  int name(int fd, off64_t length) {                              \
    REAL(name, int, int, off64_t);                                \
    int result = real(fd, length);                                \
    if (known(fd) && !result) note(TRUNCATE, known(fd), length, NULL, 0); \
    return result;                                                \
  }
FTRUNCATE(ftruncate)
FTRUNCATE(ftruncate64)

#define FSYNC(name)                                               \
  int name(int fd) {                                              \
    REAL(name, int, int);                                         \
    int result = real(fd);                                        \
    if (known(fd) && !result) note(SYNC, known(fd), 0, NULL, 0);  \
    return result;                                                \
  }
FSYNC(fsync)
FSYNC(fdatasync)

int unlink(const char *path) {
  REAL(unlink, int, const char *);
  int result = real(path);
  if (!result && name_of(path)) note(UNLINK, name_of(path), 0, NULL, 0);
  return result;
}
