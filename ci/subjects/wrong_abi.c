/* wrong_abi.c - a subject built against a later subject.h. */
#include <vssim/subject.h>

static struct vssim_subject subject;

const struct vssim_subject *vssim_subject_open(
    uint32_t abi, const struct vssim_subject *reference)
{
    subject = *reference;
    subject.abi = abi + 1;
    return &subject;
}
