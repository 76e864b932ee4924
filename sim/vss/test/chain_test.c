/* chain_test.c - the events of a shadow copy set when something goes wrong. */
#include "vss/test/world.h"

#define V(object) (object)->lpVtbl
#define HEARD(i, event) w.mini.writers[i].heard[VSSIM_EVENT_##event]

/* The set's events: who fails Freeze, who is gone, what cannot be sent. */
static void no_more_events(struct mini_writer *writer,
                           enum vssim_event_kind kind,
                           IVssWriterComponents *components)
{
    struct mini_host *mini = writer->context;

    (void)components;
    if (kind == VSSIM_EVENT_FREEZE)
        mini->post_result = VSS_E_UNEXPECTED;
}

Test(storage, chain)
{
    for (int way = 0; way < 7; way++) {
        IVssAsync *async;
        struct world w;

        world_init(&w);
        world_prepared(&w);
        /* With policy 1 a failure aborts the set. */
        w.mini.policy[VSSIM_POLICY_WRITER_FAILURE_IN_SNAPSHOT] = way > 1;
        if (way == 1)
            w.mini.writers[0].dead = true;
        if (way == 2)
            w.mini.n_writers = 1; /* B gives no answer at all */
        if (way == 3) {           /* nor can Commit be sent, nor Abort */
            w.mini.writers[0].handler = no_more_events;
            w.mini.writers[0].context = &w.mini;
        }
        if (way == 6) { /* nor Abort, to the one that failed */
            w.mini.policy[VSSIM_POLICY_WRITER_FAILURE_IN_SNAPSHOT] = 0;
            w.mini.writers[0].handler = no_more_events;
            w.mini.writers[0].context = &w.mini;
            w.mini.writers[0].failure = VSS_E_WRITERERROR_RETRYABLE;
        }
        if (way == 4 ||
            way == 5) { /* cancelled, or not, while Abort is under way */
            w.mini.writers[0].failure = VSS_E_WRITERERROR_RETRYABLE;
            w.mini.writers[0].delay = 10;
        }
        async = world_snap(&w);
        if (way == 4 || way == 5) {
            ok(V(async)->Wait(async, 25));
            cr_expect_eq(HEARD(0, FREEZE), 1);
            if (way == 4)
                V(async)->Cancel(async);
            V(async)->Wait(async, INFINITE);
            V(async)->Release(async);
        } else {
            world_finish(async, way == 3 || way == 6 ? VSS_E_UNEXPECTED
                                                     : VSS_S_ASYNC_FINISHED);
        }
        w.mini.post_result = S_OK;
        w.mini.n_writers = 3;
        world_done(&w);
    }
}
