/* The loop of a server that forks for each client, without the clients: how many children it counts, and how many run.
   gcc -O1 -o mp_server mp_server.c && ./mp_server sigprocmask 1 3 1000 | sort | uniq -c
   Loops: check-then-wait, check-then-wait-counting, sigprocmask, sigsuspend. */
#include <poll.h>
#include <signal.h>
#include <string.h>
#include "rounds.h"

#define MAX_CLIENTS 9

static const char *loop;
static int max, clients;

static volatile sig_atomic_t g, below_zero;
static int alive[MAX_CLIENTS]; /* a pipe that each child holds open while it runs */

static void count_down(int wstatus)
{
    if (WIFEXITED(wstatus) || WIFSIGNALED(wstatus))
        g--;
    if (g == -1)
        below_zero = 1;
}

/* What a wait that failed leaves in its status is indeterminate. Zero, which is what one often finds, looks like an exit. */
static void wait_and_count(void)
{
    int wstatus = 0;
    wait(&wstatus);
    count_down(wstatus);
}

static void waiting_handler(int signo)
{
    (void)signo;
    wait_and_count();
}

static void reaping_handler(int signo)
{
    int wstatus;
    (void)signo;
    while (waitpid(-1, &wstatus, WNOHANG) > 0)
        count_down(wstatus);
}

static void toggle_sigchld(int how)
{
    sigset_t child;
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    sigprocmask(how, &child, NULL);
}

static void wait_for_avail_proc(void)
{
    sigset_t nothing_blocked;
    sigemptyset(&nothing_blocked);
    while (g >= max) {
        dawdle(100);
        if (strcmp(loop, "check-then-wait") == 0)
            wait(NULL);
        else if (strcmp(loop, "sigsuspend") == 0)
            sigsuspend(&nothing_blocked);
        else
            wait_and_count();
    }
}

static void fork_child(int client)
{
    int ends[2];
    if (pipe(ends) < 0)
        _exit(1);
    if (fork() == 0) {
        dawdle(300);
        _exit(0);
    }
    close(ends[1]);
    alive[client] = ends[0];
}

static int running(int forked)
{
    int count = 0;
    for (int i = 0; i < forked; i++) {
        struct pollfd end = {.fd = alive[i], .events = POLLIN};
        count += poll(&end, 1, 0) == 0; /* no hang-up yet */
    }
    return count;
}

static const char *play(void)
{
    static char outcome[100];
    int too_many = 0, masked = loop[0] == 's';
    struct sigaction action = {.sa_handler = strcmp(loop, "sigsuspend") == 0 ? reaping_handler : waiting_handler};
    sigaction(SIGCHLD, &action, NULL);
    for (int client = 0; client < clients; client++) {
        if (masked)
            toggle_sigchld(SIG_BLOCK);
        wait_for_avail_proc();
        if (masked)
            toggle_sigchld(SIG_UNBLOCK);
        dawdle(100); /* accept */
        if (masked)
            toggle_sigchld(SIG_BLOCK);
        g++;
        if (strcmp(loop, "sigsuspend") == 0) {
            fork_child(client);
            toggle_sigchld(SIG_UNBLOCK);
        } else {
            if (masked)
                toggle_sigchld(SIG_UNBLOCK);
            fork_child(client);
        }
        too_many |= running(client + 1) > max;
    }
    snprintf(outcome, sizeof outcome, "%s%s%s", below_zero ? "g = -1" : "", below_zero && too_many ? "; " : "",
             too_many ? (max == 1 ? "two children run at once" : "too many children run at once") : "");
    return *outcome ? outcome : "clean";
}

int main(int argc, char *argv[])
{
    if (argc != 5 || atoi(argv[3]) > MAX_CLIENTS) {
        fprintf(stderr, "usage: mp_server loop max clients rounds\n");
        return 2;
    }
    loop = argv[1];
    max = atoi(argv[2]);
    clients = atoi(argv[3]);
    return play_rounds(atoi(argv[4]), play);
}
