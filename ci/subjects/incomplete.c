/* incomplete.c - a subject that leaves out what it must give. */
#include <vssim/subject.h>

const struct vssim_subject *vssim_subject_open(
    uint32_t abi, const struct vssim_subject *reference)
{
    static const struct vssim_subject subject = {
        .abi = VSSIM_ABI_VERSION, .size = sizeof(subject), .name = "half"};

    (void)abi;
    (void)reference;
    return &subject;
}
