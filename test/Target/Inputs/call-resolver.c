/* Calls the resolver of an object for AArch64 as loaders do, old ones too, and
   prints what it chooses. The object's functions have been made global. */
#include <stdint.h>
#include <stdio.h>

/* __ifunc_arg_t of <sys/ifunc.h>. */
struct Capabilities {
  uint64_t size, hwcap, hwcap2;
};

void *resolver(uint64_t hwcap, const struct Capabilities *capabilities);
void generic(void);
void dotprod(void);
void i8mm(void);

static void print(uint64_t hwcap, const struct Capabilities *capabilities) {
  void *chosen = resolver(hwcap, capabilities);
  puts(chosen == (void *)generic   ? "generic"
       : chosen == (void *)dotprod ? "dotprod"
       : chosen == (void *)i8mm    ? "i8mm"
                                   : "nothing");
}

int main(void) {
  const uint64_t has_more = 1ull << 62, dot_products = 1ull << 20;
  const struct Capabilities none = {sizeof(none), 0, 0};
  const struct Capabilities matrices = {sizeof(none), 0, 1ull << 13};
  const struct Capabilities others = {sizeof(none), 0, ~(1ull << 13)};
  print(0, 0);
  print(dot_products, 0); /* a loader that knows no second word */
  print(has_more, &none);
  print(has_more, &matrices);
  print(has_more | dot_products, &none);
  print(has_more | dot_products, &others);
  print(has_more | dot_products, &matrices);
  return 0;
}
