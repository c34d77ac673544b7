/* SIGCHLD ends an accept that sleeps.
   gcc -O1 -o interrupted_accept interrupted_accept.c && ./interrupted_accept once 1000 | sort | uniq -c
   'again' instead of 'once' accepts again after EINTR. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include "rounds.h"

static int again;

static void handler(int signo)
{
    int before = errno;
    (void)signo;
    while (waitpid(-1, NULL, WNOHANG) > 0)
        ;
    errno = before;
}

static void connect_later(int serverfd)
{
    struct sockaddr_in address;
    socklen_t length = sizeof address;
    int client = socket(AF_INET, SOCK_STREAM, 0);
    getsockname(serverfd, (struct sockaddr *)&address, &length);
    dawdle(1000);
    if (connect(client, (struct sockaddr *)&address, sizeof address) < 0)
        perror("connect");
    _exit(0);
}

static const char *play(void)
{
    struct sigaction action = {.sa_handler = handler};
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int clientfd, serverfd = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(serverfd, (struct sockaddr *)&address, sizeof address) < 0 || listen(serverfd, 5) < 0)
        return strerror(errno);
    sigaction(SIGCHLD, &action, NULL);
    if (fork() == 0) {
        dawdle(1000);
        _exit(0);
    }
    if (fork() == 0)
        connect_later(serverfd);
    dawdle(300);
    do
        clientfd = accept(serverfd, NULL, NULL);
    while (again && clientfd < 0 && errno == EINTR);
    return clientfd >= 0 ? "the client is served"
        : errno == EINTR ? "fatal: interrupted (EINTR)"
                         : strerror(errno);
}

int main(int argc, char *argv[])
{
    again = argc > 1 && strcmp(argv[1], "again") == 0;
    return play_rounds(argc > 2 ? atoi(argv[2]) : 100, play);
}
