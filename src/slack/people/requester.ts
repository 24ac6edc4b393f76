/** Who asks for something. */
export interface Requester {
  readonly team: string;
  readonly user: string;
}
