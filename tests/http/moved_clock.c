/* SPDX-License-Identifier: Apache-2.0
 *
 * A server's time of day, moved while it runs: preloaded, this adds the seconds that stand in the file
 * INSCRINET_TEST_CLOCK, as eight bytes of this machine.
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static const volatile int64_t *moved;

static void __attribute__((constructor)) find_file(void)
{
    const char *name = getenv("INSCRINET_TEST_CLOCK");
    int file = name != NULL ? open(name, O_RDONLY | O_CLOEXEC) : -1;
    void *mapped = file >= 0 ? mmap(NULL, sizeof *moved, PROT_READ, MAP_SHARED, file, 0) : MAP_FAILED;

    if (mapped == MAP_FAILED)
        abort();
    moved = mapped;
    close(file);
}

int gettimeofday(struct timeval *restrict now, void *restrict zone)
{
    struct timespec real;

    (void)zone;
    syscall(SYS_clock_gettime, CLOCK_REALTIME, &real);
    now->tv_sec = real.tv_sec + *moved;
    now->tv_usec = real.tv_nsec / 1000;
    return 0;
}
