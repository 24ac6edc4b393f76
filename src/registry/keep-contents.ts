/** The most that is read of a manifest or a configuration, in bytes. */
export const longestContent = 4 * 1024 * 1024;

/** The most that is kept of all of them together, in bytes. */
const mostKept = 32 * 1024 * 1024;

/** What a registry sent. */
export interface Content {
  readonly body: Buffer;
  /** What the registry says it is; empty for nothing. */
  readonly type: string;
}

/** Content that was read. */
export interface Contents {
  find(digest: string): Content | undefined;
  keep(digest: string, content: Content): void;
}

/** Makes what keeps content by its digest, the latest of it. */
export function keepContents(): Contents {
  const kept = new Map<string, Content>();
  let bytes = 0;
  const drop = (digest: string) => {
    bytes -= kept.get(digest)?.body.length ?? 0;
    kept.delete(digest);
  };
  return {
    find: (digest) => kept.get(digest),
    keep(digest, content) {
      drop(digest);
      kept.set(digest, content);
      bytes += content.body.length;
      for (const oldest of kept.keys()) {
        if (bytes <= mostKept) break;
        drop(oldest);
      }
    },
  };
}
