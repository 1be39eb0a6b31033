/** What goes wrong on a fake host, and when. Steps are counted from 0 over the whole connection, in the order they were sent. */
export interface Faults {
  /** So many connects are refused before one succeeds. */
  readonly refuse?: number;
  /** Nobody is let in. */
  readonly auth?: boolean;
  /** The link breaks before step n begins, or after it has done its work and before that is told. */
  readonly drop?: { readonly step: number; readonly when: 'before' | 'after' };
  /** From step n on nothing comes back, though the link looks alive. */
  readonly hang?: { readonly step: number };
  /** Every answer comes so much later, in ms. */
  readonly delay?: number;
  /** One byte in this distance, counted over all that comes back, is turned over. */
  readonly corrupt?: number;
}
