import type { LayerComparison } from '../layers/compare-reports.ts';
import type { LayerReport } from '../layers/layer-report.ts';
import type { Person, Place } from './person.ts';

export type { LayerComparison } from '../layers/compare-reports.ts';
export type { LayerReport, LayerRow } from '../layers/layer-report.ts';

/** A wish to look into an image. */
export interface LookRequest {
  /** As a person wrote it. */
  readonly image: string;
  /** As a person wrote it; null for whatever is here, or this machine's. */
  readonly platform: string | null;
  /** Whether the files of its layers are read: all of the image comes over the wire for that. */
  readonly files: boolean;
  /** A path of which is wanted which layer brought it; null for none. Its files are read for that. */
  readonly path: string | null;
  readonly who: Person;
  readonly where: Place;
  readonly signal: AbortSignal;
}

/** What is in images, layer by layer; from the engine where it has the image, or else from its registry. */
export interface Layers {
  /**
   * Tells what is in an image.
   * @throws AssistantError `not-allowed`, `too-many-looks` or `no-layers`; SandboxError where the engine fails
   */
  look(request: LookRequest): Promise<LayerReport>;
  /**
   * Compares two images.
   * @param other what is on the other side, as a person wrote it
   * @throws as `look`
   */
  compare(request: LookRequest, other: string): Promise<LayerComparison>;
}
