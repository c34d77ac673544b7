/* A decrement is a load, a subtraction and a store, and SIGCHLD may come between them.
   gcc -O1 -o lost_decrement lost_decrement.c && ./lost_decrement 1000 | sort | uniq -c */
#include <signal.h>
#include "rounds.h"

static volatile sig_atomic_t g = 2; /* two children; main has just waited for one of them */
static volatile sig_atomic_t reaped;

static void handler(int signo)
{
    (void)signo;
    if (wait(NULL) > 0)
        g--;
    reaped = 1;
}

static const char *play(void)
{
    struct sigaction action = {.sa_handler = handler};
    sigset_t child, before;
    sigaction(SIGCHLD, &action, NULL);
    if (fork() == 0) {
        dawdle(600);
        _exit(0);
    }

    dawdle(600);
    int tmp = g;
    dawdle(200);
    tmp = tmp - 1;
    dawdle(200);
    g = tmp;

    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    sigprocmask(SIG_BLOCK, &child, &before);
    while (!reaped)
        sigsuspend(&before);
    return g == 0 ? "g counts the children" : "a decrement is lost";
}

int main(int argc, char *argv[])
{
    return play_rounds(argc > 1 ? atoi(argv[1]) : 100, play);
}
