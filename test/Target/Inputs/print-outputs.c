/* Runs the network `net` on inputs that are the same everywhere, and prints its
   output and the checksums of its layers, where it was compiled with them.
   INPUT is the type of its input, SAMPLES how often it runs. */
#include "net.h"

#include <stdio.h>

static _Alignas(
    NET_WORKSPACE_ALIGNMENT) unsigned char workspace[NET_WORKSPACE_BYTES + 1];
static INPUT in[NET_IN_ELEMENTS];
static union {
  unsigned char bytes[NET_OUT_BYTES];
  int64_t alignment;
} out;
#ifdef NET_CHECKSUMS_ELEMENTS
static uint64_t checksums[NET_CHECKSUMS_ELEMENTS];
#define RUN() net_run(in, (void *)&out, checksums, workspace)
#else
#define NET_CHECKSUMS_ELEMENTS 0
static uint64_t checksums[1];
#define RUN() net_run(in, (void *)&out, workspace)
#endif

int main(void) {
  uint32_t state = 1;
  int sample, i;
  for (sample = 0; sample != SAMPLES; ++sample) {
    for (i = 0; i != NET_IN_ELEMENTS; ++i) {
      state = state * 1664525 + 1013904223;
      in[i] = (INPUT)(state >> 24);
    }
    if (RUN() != 0)
      return 1;
    for (i = 0; i != NET_OUT_BYTES; ++i)
      printf("%02x", out.bytes[i]);
    for (i = 0; i != NET_CHECKSUMS_ELEMENTS; ++i)
      printf(" %016llx", (unsigned long long)checksums[i]);
    puts("");
  }
  return 0;
}
