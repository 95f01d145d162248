/*
 * The least that answers ARP, or ND for an IPv6 address, from user space: one packet socket, batches in and out. What Herald is measured against.
 *
 *   arp_responder IF ADDRESS
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#define BATCH 32
#define LONGEST 128
#define ARP_LENGTH 42
#define ND_LENGTH 86

static uint8_t frames[BATCH][LONGEST];

static uint16_t checksum(const uint8_t *bytes, int length, uint32_t total) {
    for (int i = 0; i + 1 < length; i += 2) total += bytes[i] << 8 | bytes[i + 1];
    while (total >> 16) total = (total & 0xffff) + (total >> 16);
    return ~total;
}

/* The same for neighbour solicitations that carry their source option. */
static int answer_nd(uint8_t *frame, int length, const uint8_t *mac, const uint8_t *address) {
    if (length < ND_LENGTH || frame[20] != 58 || frame[21] != 255 || frame[54] != 135 || memcmp(frame + 62, address, 16))
        return 0;
    if (checksum(frame + 22, 64, 32 + 58)) return 0;
    memcpy(frame, frame + 80, 6);
    memcpy(frame + 6, mac, 6);
    memcpy(frame + 38, frame + 22, 16);
    memcpy(frame + 22, address, 16);
    frame[54] = 136;
    frame[56] = frame[57] = 0;
    frame[58] = 0x40;
    frame[78] = 2;
    memcpy(frame + 80, mac, 6);
    uint16_t check = checksum(frame + 22, 64, 32 + 58);
    frame[56] = check >> 8;
    frame[57] = check;
    return 1;
}

/* Turns the request into its answer, in place. */
static int answer(uint8_t *frame, int length, const uint8_t *mac, uint32_t address) {
    if (length < ARP_LENGTH || frame[20] != 0 || frame[21] != 1 || memcmp(frame + 38, &address, 4)) return 0;
    memcpy(frame, frame + 22, 6);
    memcpy(frame + 6, mac, 6);
    frame[21] = 2;
    memmove(frame + 32, frame + 22, 10);
    memcpy(frame + 22, mac, 6);
    memcpy(frame + 28, &address, 4);
    return 1;
}

int main(int count, char **words) {
    if (count != 3) return 2;
    const int v6 = strchr(words[2], ':') != NULL, protocol = v6 ? ETH_P_IPV6 : ETH_P_ARP;
    int fd = socket(AF_PACKET, SOCK_RAW, htons(protocol)), one = 1, buffer = 1 << 20;
    uint8_t address6[16];
    inet_pton(AF_INET6, words[2], address6);
    const uint32_t address = inet_addr(words[2]);
    struct ifreq request = {0};
    strncpy(request.ifr_name, words[1], IFNAMSIZ - 1);
    if (fd < 0 || ioctl(fd, SIOCGIFHWADDR, &request) < 0) {
        perror(words[1]);
        return 2;
    }
    uint8_t mac[6];
    memcpy(mac, request.ifr_hwaddr.sa_data, 6);
    struct sockaddr_ll at = {.sll_family = AF_PACKET, .sll_protocol = htons(protocol), .sll_ifindex = if_nametoindex(words[1])};
    if (bind(fd, (void *)&at, sizeof at) < 0) return 2;
    setsockopt(fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, &one, sizeof one);
    setsockopt(fd, SOL_PACKET, PACKET_QDISC_BYPASS, &one, sizeof one);
    setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &buffer, sizeof buffer);

    struct mmsghdr in[BATCH], out[BATCH];
    struct iovec in_vectors[BATCH], out_vectors[BATCH];
    memset(in, 0, sizeof in);
    memset(out, 0, sizeof out);
    for (int i = 0; i < BATCH; i++) {
        in_vectors[i] = (struct iovec){frames[i], LONGEST};
        in[i].msg_hdr.msg_iov = &in_vectors[i];
        in[i].msg_hdr.msg_iovlen = 1;
        out[i].msg_hdr.msg_iov = &out_vectors[i];
        out[i].msg_hdr.msg_iovlen = 1;
    }
    printf("ready\n");
    fflush(stdout);
    for (;;) {
        int received = recvmmsg(fd, in, BATCH, MSG_WAITFORONE, 0), answers = 0;
        for (int i = 0; i < received; i++)
            if (v6 ? answer_nd(frames[i], in[i].msg_len, mac, address6) : answer(frames[i], in[i].msg_len, mac, address))
                out_vectors[answers++] = (struct iovec){frames[i], v6 ? ND_LENGTH : ARP_LENGTH};
        if (answers) sendmmsg(fd, out, answers, 0);
    }
}
