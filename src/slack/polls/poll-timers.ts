/** Polls that wait for their time at most; further ones wait for a click. */
const mostTimers = 500;

/** The clocks of polls, by their ids. They keep no program from ending. */
export interface PollTimers {
  /** @param until when it fires, in milliseconds since 1970; at once where that is over */
  start(id: string, until: number, fire: () => void): void;
  stop(id: string): void;
}

/** Makes the clocks. */
export function createPollTimers(): PollTimers {
  const timers = new Map<string, NodeJS.Timeout>();
  function stop(id: string): void {
    clearTimeout(timers.get(id));
    timers.delete(id);
  }
  return {
    stop,
    start(id, until, fire) {
      stop(id);
      if (timers.size >= mostTimers) return;
      const timer = setTimeout(
        () => {
          stop(id);
          fire();
        },
        Math.max(0, until - Date.now()),
      );
      timers.set(id, timer.unref());
    },
  };
}
