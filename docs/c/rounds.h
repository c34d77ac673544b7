/* Plays something many times, each time in a process of its own, and prints how each ended, a line each. */
#ifndef ROUNDS_H
#define ROUNDS_H

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Up to so many microseconds of doing nothing, so that a signal can come. It is not slept: a signal would end that. */
static void dawdle(long max_us)
{
    long ns = random() % (max_us * 1000);
    struct timespec start, now;
    clock_gettime(CLOCK_MONOTONIC, &start);
    do
        clock_gettime(CLOCK_MONOTONIC, &now);
    while ((now.tv_sec - start.tv_sec) * 1000000000L + now.tv_nsec - start.tv_nsec < ns);
}

static int play_rounds(int rounds, const char *(*play)(void))
{
    for (int round = 0; round < rounds; round++) {
        pid_t pid = fork();
        if (pid < 0) {
            perror("fork");
            return 1;
        }
        if (pid == 0) {
            srandom((unsigned)getpid());
            puts(play());
            fflush(stdout);
            _exit(0);
        }
        waitpid(pid, NULL, 0);
    }
    return 0;
}

#endif
