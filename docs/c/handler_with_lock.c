/* A handler takes the lock that main may hold, as printf does with the lock of its stream.
   gcc -O1 -o handler_with_lock handler_with_lock.c && ./handler_with_lock unsafe 1000 | sort | uniq -c
   'safe' instead of 'unsafe' has the handler do without the lock. */
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/time.h>
#include "rounds.h"

static int safe;
static atomic_flag lock = ATOMIC_FLAG_INIT;

static void take(void)
{
    while (atomic_flag_test_and_set(&lock))
        ;
}

static void handler(int signo)
{
    static const char deadlock[] = "deadlock: handler waits for stdout\n";
    (void)signo;
    if (safe)
        return;
    /* Who holds the lock lies below on this very stack, and goes on only after the return: a million tries stand for all. */
    for (int tries = 0; atomic_flag_test_and_set(&lock); tries++) {
        if (tries == 1000000) {
            _exit(write(1, deadlock, sizeof deadlock - 1) < 0);
        }
    }
    atomic_flag_clear(&lock);
}

static const char *play(void)
{
    struct sigaction action = {.sa_handler = handler};
    struct itimerval soon = {.it_value.tv_usec = 1 + random() % 400};
    sigaction(SIGALRM, &action, NULL);
    setitimer(ITIMER_REAL, &soon, NULL);
    dawdle(200);
    take();
    dawdle(200);
    atomic_flag_clear(&lock);
    return "both lines are written, or the program ended first";
}

int main(int argc, char *argv[])
{
    safe = argc > 1 && strcmp(argv[1], "safe") == 0;
    return play_rounds(argc > 2 ? atoi(argv[2]) : 100, play);
}
