/*
 * N light BGP receivers in one process. They count what they are told and keep nothing, so that what is measured is the
 * sender.
 *
 *   bgp_sink -a PEER -s FIRST-SOURCE -n SESSIONS -A AS -e ROUTES [-m 4|6] [-k SECONDS BETWEEN KEEPALIVES]
 *
 * Prints, with the wall clock in seconds: ALLUP t | ALLRECV t updates bytes | ALLWD t updates bytes | CHANGED t, when the
 * last session is up, has ROUTES announced, has ROUTES withdrawn, or has one more announcement after that. On SIGTERM it
 * prints TOTAL, with the longest silence of any session in seconds, and ends.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MAX_SESSIONS = 1100, BUFFER = 1 << 18, HEADER = 19 };

struct session {
    int fd, up, received, withdrawn, changed;
    uint8_t *buffer;
    int length;
    long updates, announced, gone, bytes, notifications;
    double last_message, longest_gap;
};

static struct session sessions[MAX_SESSIONS];
static int count = 1, as = 65000, v6, up, received, withdrawn, changed, lost;
static long expected;
static double interval = 20;
static uint32_t source;
static volatile sig_atomic_t quit;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

static void stop(int number) { (void)number; quit = 1; }

static void say(const char *what, double t)
{
    printf("%s %.6f %ld %ld\n", what, t, sessions[0].updates, sessions[0].bytes);
    fflush(stdout);
}

static void send_all(int fd, const uint8_t *bytes, int length)
{
    while (length > 0) {
        ssize_t done = write(fd, bytes, length);
        if (done < 0 && errno != EAGAIN)
            return;
        if (done > 0) {
            bytes += done;
            length -= done;
        }
    }
}

static void send_message(struct session *s, int type, const uint8_t *body, int length)
{
    uint8_t m[256];
    memset(m, 255, 16);
    m[16] = 0;
    m[17] = HEADER + length;
    m[18] = type;
    memcpy(m + HEADER, body, length);
    send_all(s->fd, m, HEADER + length);
}

static void send_open(struct session *s, int index)
{
    uint32_t id = htonl(0x0a63c800 + index);
    uint8_t body[] = {4, as >> 8, as, 0, 180, 0, 0, 0, 0, 24, 2, 22, 1, 4, 0, 1, 0, 1, 1, 4, 0, 2, 0, 1, 2, 0, 70, 0,
                      65, 4, 0, 0, as >> 8, as};
    memcpy(body + 5, &id, 4);
    send_message(s, 1, body, sizeof body);
}

static long prefixes(const uint8_t *at, int length)
{
    long n = 0;
    while (length > 0) {
        int size = 1 + (at[0] + 7) / 8;
        at += size;
        length -= size;
        n++;
    }
    return n;
}

static void update(struct session *s, const uint8_t *body, int length, double t)
{
    s->updates++;
    int gone_length = body[0] << 8 | body[1];
    long gone = prefixes(body + 2, gone_length);
    const uint8_t *attributes = body + 2 + gone_length;
    int attributes_length = attributes[0] << 8 | attributes[1];
    const uint8_t *at = attributes + 2, *end = at + attributes_length;
    long news = prefixes(end, length - 4 - gone_length - attributes_length);
    while (at < end) {
        int extended = at[0] & 16, type = at[1], size = extended ? at[2] << 8 | at[3] : at[2];
        at += extended ? 4 : 3;
        if (type == 14)
            news += prefixes(at + 5 + at[3], size - 5 - at[3]);
        if (type == 15)
            gone += prefixes(at + 3, size - 3);
        at += size;
    }
    s->announced += news;
    s->gone += gone;
    if (news && s->received && ++s->changed && ++changed % count == 0)
        say("CHANGED", t);
    if (news && !s->received && s->announced >= expected && (s->received = 1) && ++received == count)
        say("ALLRECV", t);
    if (gone && !s->withdrawn && s->gone >= expected && (s->withdrawn = 1) && ++withdrawn == count)
        say("ALLWD", t);
}

static void message(struct session *s, const uint8_t *m, int length, double t)
{
    if (s->last_message && t - s->last_message > s->longest_gap)
        s->longest_gap = t - s->last_message;
    s->last_message = t;
    if (m[18] == 1)
        send_message(s, 4, m, 0);
    if (m[18] == 2)
        update(s, m + HEADER, length - HEADER, t);
    if (m[18] == 3 && ++s->notifications)
        printf("NOTIFICATION %d/%d\n", m[19], m[20]);
    if (m[18] == 4 && !s->up && (s->up = 1) && ++up == count)
        say("ALLUP", t);
}

static int readable(struct session *s)
{
    ssize_t got = read(s->fd, s->buffer + s->length, BUFFER - s->length);
    if (got <= 0)
        return got < 0 && errno == EAGAIN ? 0 : -1;
    double t = now();
    int at = 0;
    s->length += got;
    s->bytes += got;
    while (s->length - at >= HEADER) {
        uint8_t *m = s->buffer + at;
        int length = m[16] << 8 | m[17];
        if (s->length - at < length)
            break;
        message(s, m, length, t);
        at += length;
    }
    memmove(s->buffer, s->buffer + at, s->length - at);
    s->length -= at;
    return 0;
}

static int dial(int index, const char *peer)
{
    struct sockaddr_in from = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(source + index)};
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(179)};
    inet_aton(peer, &to.sin_addr);
    for (int i = 0; i < 100 && !quit; i++) {
        int fd = socket(AF_INET, SOCK_STREAM, 0), on = 1, size = 4 << 20;
        setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        if (bind(fd, (void *)&from, sizeof from) == 0 && connect(fd, (void *)&to, sizeof to) == 0) {
            fcntl(fd, F_SETFL, O_NONBLOCK);
            return fd;
        }
        close(fd);
        usleep(100000);
    }
    return -1;
}

int main(int argc, char **argv)
{
    const char *peer = "";
    for (int o; (o = getopt(argc, argv, "a:s:n:A:e:m:k:")) > 0;) {
        switch (o) {
        case 'a': peer = optarg; break;
        case 's': source = ntohl(inet_addr(optarg)); break;
        case 'n': count = atoi(optarg); break;
        case 'A': as = atoi(optarg); break;
        case 'e': expected = atol(optarg); break;
        case 'k': interval = atof(optarg); break;
        case 'm': v6 = optarg[0] == '6'; break;
        default: return 2;
        }
    }
    signal(SIGTERM, stop);
    signal(SIGINT, stop);
    signal(SIGPIPE, SIG_IGN);
    int epoll = epoll_create1(0);
    say("START", now());
    for (int i = 0; i < count; i++) {
        struct session *s = &sessions[i];
        s->buffer = malloc(BUFFER);
        s->fd = dial(i, peer);
        if (s->fd < 0)
            return 1;
        send_open(s, i);
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = s};
        epoll_ctl(epoll, EPOLL_CTL_ADD, s->fd, &event);
    }
    double kept = now();
    while (!quit) {
        struct epoll_event events[64];
        int n = epoll_wait(epoll, events, 64, 200);
        for (int i = 0; i < n; i++) {
            struct session *s = events[i].data.ptr;
            if (readable(s) < 0) {
                epoll_ctl(epoll, EPOLL_CTL_DEL, s->fd, 0);
                close(s->fd);
                printf("DOWN %d\n", (int)(s - sessions));
                fflush(stdout);
                lost++;
            }
        }
        if (now() - kept > interval) {
            kept = now();
            for (int i = 0; i < count; i++)
                send_message(&sessions[i], 4, 0, 0);
        }
    }
    double gap = 0;
    for (int i = 0; i < count; i++) {
        if (sessions[i].longest_gap > gap)
            gap = sessions[i].longest_gap;
    }
    printf("TOTAL updates %ld announced %ld withdrawn %ld bytes %ld lost %d gap %.3f\n", sessions[0].updates, sessions[0].announced,
           sessions[0].gone, sessions[0].bytes, lost, gap);
    return 0;
}
