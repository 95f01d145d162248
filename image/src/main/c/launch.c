/*
 * Entry point of the container image: hands the capabilities of its own file on to Herald, as ambient ones.
 *
 * Kubernetes gives the capabilities of a container to root only: any other user loses them at the first exec, but for
 * the bounding set. This file has them as permitted file capabilities (not effective, so that it may be executed with
 * any subset of them in the bounding set). On java itself they would do too, but then the dynamic linker distrusts the
 * process and does not find java's libraries. What is executed is fixed: nobody else profits from this file.
 *
 * no_new_privs (allowPrivilegeEscalation: false) does not hinder: the container runtime has them when it executes this.
 */
#include <errno.h>
#include <linux/capability.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

static char program[] = "/opt/herald/bin/container";

static void hand_on(void) {
    struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct sets[2];
    if (syscall(SYS_capget, &header, sets) != 0)
        return;
    for (int word = 0; word < 2; word++)
        sets[word].inheritable = sets[word].permitted;
    if (syscall(SYS_capset, &header, sets) != 0)
        return;
    for (int capability = 0; capability < 64; capability++)
        if (sets[capability / 32].permitted & (UINT32_C(1) << capability % 32))
            prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability, 0, 0);
}

int main(int count, char **arguments) {
    (void)count;
    hand_on();
    arguments[0] = program;
    execv(program, arguments);
    fprintf(stderr, "launch: %s: %s\n", program, strerror(errno));
    return 127;
}
