// The queue, faked: one job is heard at a time and the others wait in their order; what keeps it from listening comes
// by the hand of a test.
import type { Event, Failure, Hold, JobId, Queue, SessionState } from "../bindings";
import type { Commands } from "../index";
import type { FakeSession } from "./sessions";

type QueueCommands = Pick<
  Commands,
  "queueGet" | "queuePause" | "queueResume" | "jobMove" | "jobPause" | "jobResume" | "jobCancel"
>;

export type FakeQueue = {
  commands: QueueCommands;
  /** Something other than a pause keeps the queue from listening, or no longer does. */
  hold(hold: Hold | null): void;
  /** Jobs came or ended: the next one starts when nothing is being heard and nothing forbids it. */
  goOn(): void;
};

const unknown = (id: JobId): Failure => ({
  code: "job_unknown",
  message: `No hay un trabajo pendiente «${id}».`,
  details: { id },
});

export function fakeQueue(sessions: () => readonly FakeSession[], emit: (event: Event) => void): FakeQueue {
  let paused = false;
  let held: Hold | null = null;
  /** The least first, over all jobs that were moved or are to run; one that nobody moved comes in the order it came. */
  let ranks: JobId[] = [];

  const withState = (state: SessionState) => sessions().filter(({ view }) => view.row.state === state);
  const jobs = (state: SessionState) => withState(state).flatMap(({ view }) => view.row.job ?? []);
  const waiting = (): JobId[] => {
    const unfinished = sessions().flatMap(({ view }) => view.row.job ?? []);
    ranks = [...ranks.filter((job) => unfinished.includes(job)), ...unfinished.filter((job) => !ranks.includes(job))];
    const those = jobs("waiting");
    return ranks.filter((job) => those.includes(job));
  };
  const holding = (): Hold | null => (paused ? { reason: "paused" } : held);
  const put = (job: JobId, state: SessionState) => {
    const session = sessions().find(({ view }) => view.row.job === job);
    if (!session) throw unknown(job);
    const { view } = session;
    const ended = state === "cancelled" ? null : job;
    session.view = { ...view, row: { ...view.row, state, job: ended, failure: null, retry_at_ms: null } };
    emit({ event: "session_changed", session: view.row.id });
  };
  const goOn = () => {
    const [next] = waiting();
    if (holding() !== null) for (const job of jobs("listening")) put(job, "waiting");
    else if (next !== undefined && jobs("listening").length === 0) put(next, "listening");
    emit({ event: "queue_changed" });
  };
  const change = (job: JobId, state: SessionState) => {
    waiting();
    put(job, state);
    goOn();
    return null;
  };

  return {
    hold: (hold) => {
      held = hold;
      goOn();
    },
    goOn,
    commands: {
      queueGet: async (): Promise<Queue> => ({
        paused,
        holding: holding(),
        waiting: waiting(),
        listening: jobs("listening")[0] ?? null,
      }),
      queuePause: async () => {
        paused = true;
        goOn();
        return null;
      },
      queueResume: async () => {
        paused = false;
        goOn();
        return null;
      },
      jobMove: async (job, place) => {
        const others = waiting().filter((each) => each !== job);
        const next = place.place === "first" ? others[0] : place.place === "before" ? place.job : undefined;
        if (!ranks.includes(job)) throw unknown(job);
        ranks = ranks.filter((each) => each !== job);
        ranks.splice(next === undefined ? ranks.length : ranks.indexOf(next), 0, job);
        emit({ event: "queue_changed" });
        return null;
      },
      jobPause: async (job) => change(job, "paused"),
      jobResume: async (job) => change(job, "waiting"),
      jobCancel: async (job) => change(job, "cancelled"),
    },
  };
}
