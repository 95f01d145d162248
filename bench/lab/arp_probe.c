/*
 * Asks for addresses by ARP, or by ND when they are IPv6, and says how long the answers took.
 *
 *   arp_probe IF ADDRESS latency COUNT [RATE]   one request at a time; RATE a second, back to back without it
 *   arp_probe IF ADDRESS flood SECONDS [SPAN]   as many as fit; SPAN consecutive addresses in turn (ARP only)
 *
 * Prints one line of key=value pairs; times in microseconds.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <net/if_arp.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define BATCH 64
#define MAX_FLOOD_SECONDS 20
#define ANSWER_TIMEOUT_MS 500

struct arp_frame {
    uint8_t destination[6], source[6];
    uint16_t type, hardware, protocol;
    uint8_t hardware_length, protocol_length;
    uint16_t operation;
    uint8_t sender_mac[6];
    uint32_t sender;
    uint8_t target_mac[6];
    uint32_t target;
} __attribute__((packed));

/* A question as it goes out, and how to know its answer. */
struct question {
    uint8_t bytes[86];
    size_t length;
    int v6;
    uint8_t target[16];
};

static const char *interface;

static void die(const char *what) {
    perror(what);
    exit(2);
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1e6 + t.tv_nsec / 1e3;
}

static long counter(const char *name) {
    char path[160];
    long value = -1;
    snprintf(path, sizeof path, "/sys/class/net/%s/statistics/%s", interface, name);
    FILE *file = fopen(path, "r");
    if (file) {
        if (fscanf(file, "%ld", &value) != 1) value = -1;
        fclose(file);
    }
    return value;
}

static int open_socket(int protocol) {
    int fd = socket(AF_PACKET, SOCK_RAW, htons(protocol));
    if (fd < 0) die("packet socket");
    struct sockaddr_ll at = {.sll_family = AF_PACKET, .sll_protocol = htons(protocol), .sll_ifindex = if_nametoindex(interface)};
    if (bind(fd, (void *)&at, sizeof at) < 0) die(interface);
    int one = 1;
    setsockopt(fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, &one, sizeof one);
    setsockopt(fd, SOL_PACKET, PACKET_QDISC_BYPASS, &one, sizeof one);
    return fd;
}

static void fill_request(struct arp_frame *frame, int fd, uint32_t target) {
    struct ifreq request = {0};
    strncpy(request.ifr_name, interface, IFNAMSIZ - 1);
    if (ioctl(fd, SIOCGIFHWADDR, &request) < 0) die("hardware address");
    memset(frame->destination, 0xff, 6);
    memcpy(frame->source, request.ifr_hwaddr.sa_data, 6);
    memcpy(frame->sender_mac, request.ifr_hwaddr.sa_data, 6);
    frame->sender = 0;
    if (ioctl(fd, SIOCGIFADDR, &request) == 0) frame->sender = ((struct sockaddr_in *)&request.ifr_addr)->sin_addr.s_addr;
    frame->type = htons(ETH_P_ARP);
    frame->hardware = htons(1);
    frame->protocol = htons(ETH_P_IP);
    frame->hardware_length = 6;
    frame->protocol_length = 4;
    frame->operation = htons(ARPOP_REQUEST);
    memset(frame->target_mac, 0, 6);
    frame->target = target;
}

static uint32_t sum(const uint8_t *bytes, int length, uint32_t total) {
    for (int i = 0; i + 1 < length; i += 2) total += bytes[i] << 8 | bytes[i + 1];
    while (total >> 16) total = (total & 0xffff) + (total >> 16);
    return total;
}

static int link_local(uint8_t *address) {
    char hex[40], name[32];
    unsigned scope;
    FILE *file = fopen("/proc/net/if_inet6", "r");
    while (file && fscanf(file, "%32s %*x %*x %x %*x %31s", hex, &scope, name) == 3)
        if (scope == 0x20 && !strcmp(name, interface)) {
            for (int i = 0; i < 16; i++) sscanf(hex + 2 * i, "%2hhx", address + i);
            fclose(file);
            return 1;
        }
    return 0;
}

/* A neighbour solicitation to the solicited-node group. */
static void fill_solicitation(struct question *question, int fd, const char *target) {
    uint8_t *b = question->bytes;
    struct ifreq request = {0};
    strncpy(request.ifr_name, interface, IFNAMSIZ - 1);
    if (ioctl(fd, SIOCGIFHWADDR, &request) < 0 || inet_pton(AF_INET6, target, question->target) != 1) die(target);
    if (!link_local(b + 22)) die("no link-local address");
    question->v6 = 1;
    question->length = 86;
    static const uint8_t group[13] = {0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0xff};
    memcpy(b + 38, group, 13);
    memcpy(b + 51, question->target + 13, 3);
    b[0] = b[1] = 0x33;
    memcpy(b + 2, b + 50, 4);
    memcpy(b + 6, request.ifr_hwaddr.sa_data, 6);
    memcpy(b + 12, "\x86\xdd\x60\0\0\0\0\x20\x3a\xff", 10);
    b[54] = 135;
    memcpy(b + 62, question->target, 16);
    b[78] = b[79] = 1;
    memcpy(b + 80, request.ifr_hwaddr.sa_data, 6);
    uint16_t check = ~sum(b + 22, 64, 32 + 58);
    b[56] = check >> 8;
    b[57] = check;
}

static int answers(const struct question *question, const uint8_t *frame, ssize_t length) {
    if (question->v6) return length >= 78 && frame[20] == 58 && frame[54] == 136 && !memcmp(frame + 62, question->target, 16);
    const struct arp_frame *answer = (const void *)frame;
    return length >= (ssize_t)sizeof *answer && answer->operation == htons(ARPOP_REPLY)
           && !memcmp(&answer->sender, question->target, 4);
}

static double ask(int fd, const struct question *question) {
    uint8_t answer[128];
    struct pollfd ready = {fd, POLLIN, 0};
    while (recv(fd, &answer, sizeof answer, MSG_DONTWAIT) > 0) {
    }
    double sent = now();
    if (send(fd, question->bytes, question->length, 0) < 0) return -1;
    while (poll(&ready, 1, ANSWER_TIMEOUT_MS) > 0) {
        ssize_t length = recv(fd, answer, sizeof answer, 0);
        if (answers(question, answer, length)) return now() - sent;
    }
    return -1;
}

static int ascending(const void *a, const void *b) {
    double difference = *(const double *)a - *(const double *)b;
    return difference < 0 ? -1 : difference > 0;
}

static int latency(const struct question *question, int count, double rate) {
    int fd = open_socket(question->v6 ? ETH_P_IPV6 : ETH_P_ARP), answered = 0;
    double *times = malloc(count * sizeof *times), first = -1, start = now();
    for (int i = 0; i < count; i++) {
        double took = ask(fd, question);
        if (i == 0) first = took;
        if (took >= 0) times[answered++] = took;
        if (rate > 0) {
            double left = start + (i + 1) * 1e6 / rate - now();
            if (left > 0) usleep(left);
        } else if (i % 16 == 15) {
            usleep(300);
        }
    }
    printf("sent=%d answered=%d first=%.1f", count, answered, first);
    if (answered) {
        qsort(times, answered, sizeof *times, ascending);
        printf(" p50=%.1f p90=%.1f p99=%.1f p999=%.1f max=%.1f", times[answered / 2], times[(int)(answered * .9)],
               times[(int)(answered * .99)], times[(int)(answered * .999)], times[answered - 1]);
    }
    printf("\n");
    return answered == count ? 0 : 1;
}

static int flood(const struct question *question, double seconds, unsigned span) {
    static struct question frames[BATCH];
    struct mmsghdr messages[BATCH];
    struct iovec vectors[BATCH];
    int fd = open_socket(0);
    unsigned at = 0;
    memset(messages, 0, sizeof messages);
    for (int i = 0; i < BATCH; i++) {
        frames[i] = *question;
        vectors[i] = (struct iovec){frames[i].bytes, question->length};
        messages[i].msg_hdr.msg_iov = &vectors[i];
        messages[i].msg_hdr.msg_iovlen = 1;
    }
    long before = counter("rx_packets"), sent = 0;
    double start = now(), end = start + seconds * 1e6;
    while (now() < end) {
        for (int i = 0; !question->v6 && span > 1 && i < BATCH; i++) {
            uint32_t target;
            memcpy(&target, question->target, 4);
            target = htonl(ntohl(target) + at++ % span);
            memcpy(frames[i].bytes + 38, &target, 4);
        }
        int count = sendmmsg(fd, messages, BATCH, 0);
        if (count > 0) sent += count;
    }
    double took = (now() - start) / 1e6;
    usleep(100000);
    long answered = counter("rx_packets") - before;
    printf("sent=%ld rate=%.0f answered=%ld replies=%.0f\n", sent, sent / took, answered, answered / took);
    return 0;
}

int main(int count, char **words) {
    if (count < 5) {
        fprintf(stderr, "usage: arp_probe IF ADDRESS latency COUNT [RATE] | flood SECONDS [SPAN]\n");
        return 2;
    }
    interface = words[1];
    struct question question = {0};
    int fd = open_socket(0);
    if (strchr(words[2], ':')) {
        fill_solicitation(&question, fd, words[2]);
    } else {
        uint32_t target = inet_addr(words[2]);
        fill_request((struct arp_frame *)question.bytes, fd, target);
        memcpy(question.target, &target, 4);
        question.length = sizeof(struct arp_frame);
    }
    close(fd);
    if (!strcmp(words[3], "latency")) return latency(&question, atoi(words[4]), count > 5 ? atof(words[5]) : 0);
    double seconds = atof(words[4]);
    return flood(&question, seconds > MAX_FLOOD_SECONDS ? MAX_FLOOD_SECONDS : seconds, count > 5 ? atoi(words[5]) : 1);
}
