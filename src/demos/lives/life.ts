/** What a call of a demo did to an object of its run, as the engine answered it. */
export interface Life {
  /** A tag is a name of an image, given by `docker tag`. */
  readonly kind: 'container' | 'image' | 'tag' | 'volume' | 'network';
  /** The object's name in command lines. */
  readonly name: string;
  readonly event: LifeEvent;
  /** The container that wrote or read; left out where it is the object itself. */
  readonly by?: string | undefined;
}

/**
 * `started` and `ended` are a container's. `wrote`, `read` and `missed` tell of its files: of a container those in its own
 * filesystem, of a volume those that a container wrote there, read there, or looked for in vain.
 */
export type LifeEvent = 'made' | 'started' | 'ended' | 'removed' | 'wrote' | 'read' | 'missed';
