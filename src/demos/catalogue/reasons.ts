/** Why a claim about limits, measures or pauses of containers is not run on some engines. */
export const noControlGroups =
  'this engine is rootless on cgroup v1, where containers have no control groups: nothing of them can be limited, measured, listed or paused';
