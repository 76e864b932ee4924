/* no_entry.c - a library that is no subject: its entry point is missing. */
extern int vssim_subject_opens(void);

int vssim_subject_opens(void)
{
    return 0;
}
