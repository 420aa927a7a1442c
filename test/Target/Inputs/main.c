/* Runs the digits network on an idx file, with guard bytes around the output
   and the workspace. */
#include "digits.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { GUARD = 64, HEADER_IMAGES = 16, HEADER_LABELS = 8, GUARD_BYTE = 0xA5 };

/* `size` bytes aligned to 64 between two guards. */
static unsigned char *guarded(size_t size) {
  size_t whole = (size + 3 * GUARD) / GUARD * GUARD;
  unsigned char *memory = malloc(whole + GUARD);
  unsigned char *aligned;
  if (!memory)
    exit(1);
  aligned = memory + GUARD - (size_t)memory % GUARD;
  memset(aligned, GUARD_BYTE, GUARD + size + GUARD);
  return aligned + GUARD;
}

static int intact(const unsigned char *buffer, size_t size) {
  size_t i;
  for (i = 0; i != GUARD; ++i)
    if (buffer[-1 - (long)i] != GUARD_BYTE || buffer[size + i] != GUARD_BYTE)
      return 0;
  return 1;
}

int main(int argc, char **argv) {
  FILE *images = argc > 2 ? fopen(argv[1], "rb") : NULL;
  FILE *labels = argc > 2 ? fopen(argv[2], "rb") : NULL;
  float *in = (float *)guarded(DIGITS_IN_BYTES);
  float *out = (float *)guarded(DIGITS_OUT_BYTES);
  unsigned char *workspace = guarded(DIGITS_WORKSPACE_BYTES);
  unsigned char pixels[DIGITS_IN_ELEMENTS];
  int right = 0, total = 0;
  if (!images || !labels || fseek(images, HEADER_IMAGES, SEEK_SET) ||
      fseek(labels, HEADER_LABELS, SEEK_SET))
    return 1;
  printf("null pointer: %d\n", digits_run(NULL, out, workspace));
  printf("misaligned workspace: %d\n", digits_run(in, out, workspace + 1));
  while (fread(pixels, 1, sizeof pixels, images) == sizeof pixels) {
    int i, best = 0;
    for (i = 0; i != DIGITS_IN_ELEMENTS; ++i)
      in[i] = pixels[i];
    if (digits_run(in, out, workspace) != 0)
      return 1;
    for (i = 1; i != DIGITS_OUT_ELEMENTS; ++i)
      if (out[i] > out[best])
        best = i;
    right += best == fgetc(labels);
    ++total;
  }
  printf("right: %d of %d\n", right, total);
  if (!intact((unsigned char *)in, DIGITS_IN_BYTES) ||
      !intact((unsigned char *)out, DIGITS_OUT_BYTES) ||
      !intact(workspace, DIGITS_WORKSPACE_BYTES))
    return 1;
  puts("nothing outside the buffers was written");
  return 0;
}
