/** Thrown where a knowledge folder, or a file in it, cannot be read at all. */
export class KnowledgeUnreadable extends Error {
  override readonly name = 'KnowledgeUnreadable';
  readonly code = 'knowledge-unreadable';

  constructor(path: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`Cannot read the knowledge in ${path}: ${reason}. Check that it exists and can be read.`, { cause });
  }
}

/** Thrown where a team's own outline cannot be used; says what is wrong with it. */
export class OutlineInvalid extends Error {
  override readonly name = 'OutlineInvalid';
  readonly code = 'outline-invalid';

  constructor(path: string, problem: string, cause: unknown) {
    super(
      `${path}: ${problem}. It may hold chapters: and topics:, each an id with a title; see docs/writing-entries.md`,
      { cause },
    );
  }
}

/** Thrown where a folder is no checkout of Docker's documentation. */
export class DocsUnreadable extends Error {
  override readonly name = 'DocsUnreadable';
  readonly code = 'docs-unreadable';

  constructor(folder: string, cause: unknown) {
    super(
      `${folder} is no checkout of https://github.com/docker/docs: it has no folder "content". Name one that has.`,
      {
        cause,
      },
    );
  }
}
