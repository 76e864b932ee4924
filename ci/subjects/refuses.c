/* refuses.c - a subject that wants another version than it is offered. */
#include <vssim/subject.h>

const struct vssim_subject *vssim_subject_open(
    uint32_t abi, const struct vssim_subject *reference)
{
    (void)abi;
    (void)reference;
    return NULL;
}
