// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Descriptors marked so are closed on execution, the others stay with their offsets.
#include "../target.h"

int main(int argc, char **argv) {
  start();
  if (argc > 1) {
    for (int descriptor = 3; descriptor < 20; descriptor++)
      if (fcntl(descriptor, F_GETFD) != -1)
        printf("open: %d, offset %ld\n", descriptor, (long)lseek(descriptor, 0, SEEK_CUR));
    printf("next: %d\n", open("/dev/null", O_RDONLY));
    return finish();
  }
  FILE *file = fopen("file", "w");
  fputs("0123456789", file);
  fclose(file);
  int kept = open("file", O_RDONLY);
  int closed = open("file", O_RDONLY | O_CLOEXEC);
  dup2(kept, 10);
  dup3(kept, 11, O_CLOEXEC);
  fcntl(kept, F_DUPFD_CLOEXEC, 12);
  fcntl(kept, F_DUPFD, 13);
  int marked = open("file", O_RDONLY);
  fcntl(marked, F_SETFD, FD_CLOEXEC);
  dup2(closed, 15); // the copy is not marked
  char bytes[4];
  read(kept, bytes, 4);
  read(closed, bytes, 2);
  // A failing execution closes nothing.
  execl("/nowhere", "/nowhere", NULL);
  fact(fcntl(closed, F_GETFD) == FD_CLOEXEC && fcntl(marked, F_GETFD) == FD_CLOEXEC,
       "still open after a failure");
  execl(argv[0], argv[0], "executed", NULL);
  return 1;
}
