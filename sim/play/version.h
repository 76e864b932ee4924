/* version.h - the one place that says which version this is. */
#ifndef PLAY_VERSION_H
#define PLAY_VERSION_H

#define VSSIM_VERSION "0.1.0"

#endif
