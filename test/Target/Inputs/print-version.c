/* Prints where the shared object that is its argument has what net_run became,
   for find-version.py. */
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>

int main(int argc, char **argv) {
  void *library = argc == 2 ? dlopen(argv[1], RTLD_NOW) : 0;
  if (!library)
    return 1;
  printf("%lld\n", (long long)((intptr_t)dlsym(library, "net_run") -
                               (intptr_t)dlsym(library, "net_interface")));
  return 0;
}
