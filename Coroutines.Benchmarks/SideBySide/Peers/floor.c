// The least that a server over TCP can do: one loop over epoll, a recv and a send of one prepared answer for each request.
// It reads no request and knows no file. Whoever does more pays for it on top of this.
//
//   floor PORT STATUS CONTENT-BYTES   PORT 0 lets the system choose; the first line of its output says where it listens.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

static char answer[64 * 1024];
static size_t answer_bytes;

static void prepare(int status, int content_bytes)
{
    int head = sprintf(answer,
                       "HTTP/1.1 %d Prepared\r\nDate: Thu, 01 Jan 2026 00:00:00 GMT\r\nServer: floor\r\n"
                       "Content-Type: text/html; charset=utf-8\r\n"
                       "Last-Modified: Thu, 01 Jan 2026 00:00:00 GMT\r\nETag: \"0123456789abcdef-400\"\r\n",
                       status);
    if (status != 304)
        head += sprintf(answer + head, "Content-Length: %d\r\n", content_bytes);
    head += sprintf(answer + head, "\r\n");
    memset(answer + head, 'x', content_bytes);
    answer_bytes = head + content_bytes;
}

static int listen_on(int port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    int yes = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(fd, (struct sockaddr *)&address, length) || listen(fd, 4096))
    {
        perror("floor");
        exit(1);
    }
    getsockname(fd, (struct sockaddr *)&address, &length);
    printf("floor at http://127.0.0.1:%d/\n", ntohs(address.sin_port));
    fflush(stdout);
    return fd;
}

static void watch(int poller, int fd)
{
    struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
    epoll_ctl(poller, EPOLL_CTL_ADD, fd, &event);
}

static void take_in(int poller, int listener)
{
    int client, yes = 1;
    while ((client = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0)
    {
        setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        watch(poller, client);
    }
}

static void reply(int client)
{
    char request[4096];
    ssize_t received = recv(client, request, sizeof request, 0);
    if (received > 0)
        send(client, answer, answer_bytes, MSG_NOSIGNAL);
    else if (received == 0 || errno != EAGAIN)
        close(client);
}

int main(int count, char **arguments)
{
    struct epoll_event events[512];
    prepare(count > 2 ? atoi(arguments[2]) : 200, count > 3 ? atoi(arguments[3]) : 1024);
    int listener = listen_on(count > 1 ? atoi(arguments[1]) : 0), poller = epoll_create1(0);
    watch(poller, listener);
    for (;;)
    {
        int ready = epoll_wait(poller, events, 512, -1);
        for (int i = 0; i < ready; i++)
            if (events[i].data.fd == listener)
                take_in(poller, listener);
            else
                reply(events[i].data.fd);
    }
}
