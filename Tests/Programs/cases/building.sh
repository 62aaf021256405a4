# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
# Compilers, make and the debugger.
# needs: gcc g++ make

# A library and a program of many files, with a makefile that makes its own dependencies.
make_project() {
  mkdir -p src
  local i
  for i in $(seq 1 14); do
    printf '#include "all.h"\nint part%d(int x) { return x * %d + (int)strlen("%d"); }\n' \
      "$i" "$i" "$i" >"src/part$i.c"
  done
  {
    printf '#include <string.h>\n#include <stdio.h>\n#include <stdlib.h>\n'
    for i in $(seq 1 14); do echo "int part$i(int);"; done
  } >src/all.h
  {
    printf '#include "all.h"\nint main(void) {\n  int sum = 0;\n'
    for i in $(seq 1 14); do echo "  sum += part$i($i);"; done
    printf '  printf("%%d\\n", sum);\n  return sum > 100 ? 7 : 0;\n}\n'
  } >src/main.c
  cat >Makefile <<'END'
CFLAGS = -O2 -Wall -Isrc -MMD
OBJECTS = $(patsubst src/%.c,out/%.o,$(filter-out src/main.c,$(wildcard src/*.c)))
VERSION := $(shell echo 1; echo 2)
all: out/program out/static out/shared
out/program: out/main.o out/libparts.a ; gcc -o $@ $^
out/static: out/main.o out/libparts.a ; gcc -static -o $@ $^
out/shared: out/main.o out/libparts.so ; gcc -o $@ $< -Lout -lparts -Wl,-rpath,'$$ORIGIN'
out/libparts.a: $(OBJECTS) ; ar rcsD $@ $^
out/libparts.so: $(OBJECTS) ; gcc -shared -o $@ $^
out/%.o: src/%.c | out ; gcc -fPIC $(CFLAGS) -c -o $@ $<
out: ; mkdir -p $@
check: all ; for p in program static shared; do out/$$p || test $$? = 7; done
	$(MAKE) -C . --no-print-directory version
version: ; @echo $(VERSION) $(MAKELEVEL)
fail: ; @exit 3
-include $(wildcard out/*.d)
END
}

case_make() {
  make_project
  make -s -j2
  make -j2
  make -s check
  touch -d '1 hour' src/part3.c
  make -n | wc -l
  make fail
  echo "$?"
  make -k -j2 fail version
  timeout -s INT 0.5 make -j2 -f <(printf 'all: a b\na b: ; @sleep 5\n') 2>&1 | sed 's/make: \*\*\* .*\] /make: /' | sort -u
  MAKEFLAGS=-j2 make --output-sync -B 2>&1 | grep -vE 'modification time|Clock skew' | sort | sha256sum
}

case_compilers() {
  printf '#include <iostream>\n#include <vector>\n#include <thread>\n#include <stdexcept>\nint main() { std::vector<std::thread> all; for (int i = 0; i < 8; i++) all.emplace_back([] {}); for (auto &t : all) t.join(); try { throw std::runtime_error("thrown"); } catch (std::exception &e) { std::cout << e.what() << "\\n"; } throw 1; }\n' >a.cc
  g++ -O2 -g -pthread -o a a.cc
  ./a 2>&1
  echo "$?"
  g++ -fsanitize=undefined,address -g -pthread -o checked a.cc 2>/dev/null && ./checked 2>/dev/null | head -1
  echo 'int main(void) { return x; }' | gcc -xc - 2>&1 | grep -c error
  echo 'int f(int x) { return x; }' | gcc -O2 -flto -c -xc -o lto.o - && gcc -flto=2 -shared -o lto.so lto.o
  gcc -E -xc /dev/null -dM | sha256sum
  gcc -pipe -save-temps=obj -c -o b.o -xc - <<<'int g(void) { return 3; }'
  nm b.o
  objdump -d b.o | tail -3
  strip -o stripped a
  readelf -h stripped | grep Type
  gcc -no-pie -o fixed -xc - <<<'int main(void) { return 5; }'
  ./fixed
  echo "$?"
  gcc -static-pie -o moved -xc - <<<'int main(void) { return 6; }'
  ./moved
  echo "$?"
  rm -f core checked lto.o
}

case_sanitized() {
  printf '#include <stdlib.h>\nint main(int c, char **v) { char *p = malloc(4); (void)v; p[3 + c] = 1; return p[0]; }\n' >bad.c
  gcc -fsanitize=address -g -o bad bad.c
  ./bad 2>&1 | grep -oE 'heap-buffer-overflow|WRITE of size 1' | sort -u
  echo "${PIPESTATUS[0]}"
  printf '#include <stdlib.h>\nint main(void) { return malloc(9) == 0; }\n' >leak.c
  gcc -fsanitize=thread -g -o racy -xc - <<'END' && ./racy 2>&1 | grep -o 'data race' | head -1
#include <pthread.h>
static int x;
static void *f(void *a) { x++; return a; }
int main(void) { pthread_t a, b; pthread_create(&a, 0, f, 0); pthread_create(&b, 0, f, 0); pthread_join(a, 0); pthread_join(b, 0); return 0; }
END
  rm -f bad racy
}
