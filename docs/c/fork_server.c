/* The lecture's server as small as it can be: a child is forked for each client, and answers with index.html.
   gcc -O2 -o fork_server fork_server.c && ./fork_server 0 ../../www
   It is measured beside the models: Server.Host compare --beside ./fork_server */
#define _GNU_SOURCE
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define MAX_PROCESSES 64
#define MAX_HEAD 8192
#define MAX_PAGE 65536

static char answer[MAX_PAGE + 256];
static size_t answer_bytes;

static void fatal(const char *what)
{
    perror(what);
    exit(1);
}

static void read_page(const char *root)
{
    static char page[MAX_PAGE];
    char path[4096];
    snprintf(path, sizeof path, "%s/index.html", root);
    FILE *file = fopen(path, "r");
    if (file == NULL)
        fatal(path);
    size_t bytes = fread(page, 1, sizeof page, file);
    fclose(file);
    int head = snprintf(answer, sizeof answer,
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %zu\r\n\r\n", bytes);
    memcpy(answer + head, page, bytes);
    answer_bytes = head + bytes;
}

static int listen_on(const char *port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(port))};
    socklen_t length = sizeof address;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(listener, (struct sockaddr *)&address, length) < 0 || listen(listener, 512) < 0)
        fatal("listen");
    getsockname(listener, (struct sockaddr *)&address, &length);
    printf("Serving at http://localhost:%d/\n", ntohs(address.sin_port));
    fflush(stdout);
    return listener;
}

static int send_all(int client)
{
    for (size_t sent = 0; sent < answer_bytes;) {
        ssize_t count = send(client, answer + sent, answer_bytes - sent, MSG_NOSIGNAL);
        if (count <= 0)
            return -1;
        sent += count;
    }
    return 0;
}

/* Answers requests until the client closes, or has said that it will. */
static void chat(int client)
{
    char head[MAX_HEAD + 1];
    size_t filled = 0;
    while (filled < MAX_HEAD) {
        ssize_t count = recv(client, head + filled, MAX_HEAD - filled, 0);
        if (count <= 0)
            return;
        filled += count;
        head[filled] = '\0';
        if (strstr(head, "\r\n\r\n") == NULL)
            continue;
        if (send_all(client) < 0 || strstr(head, "\r\nConnection: close\r\n") != NULL)
            return;
        filled = 0; /* whoever measures sends its next request when it has the answer */
    }
}

/* Reaps those that have ended; and one more, whatever that takes, while there is no room. Without a handler of SIGCHLD
   there is nothing to race for. */
static int reap(int processes)
{
    while (processes > 0 && waitpid(-1, NULL, processes < MAX_PROCESSES ? WNOHANG : 0) > 0)
        processes--;
    return processes;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: fork_server port root\n");
        return 2;
    }
    read_page(argv[2]);
    int listener = listen_on(argv[1]), processes = 0, on = 1;
    pid_t parent = getpid();
    for (;;) {
        processes = reap(processes);
        int client = accept(listener, NULL, NULL);
        if (client < 0 && errno != EINTR)
            fatal("accept");
        if (client < 0)
            continue;
        setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        pid_t child = fork();
        if (child < 0)
            fatal("fork");
        if (child == 0) {
            prctl(PR_SET_PDEATHSIG, SIGKILL); /* a child ends with its parent */
            if (getppid() != parent)
                _exit(1);
            close(listener);
            chat(client);
            _exit(0);
        }
        processes++;
        close(client);
    }
}
