/** Where a tunnel is to lead: the host and port of the URL. */
export interface TunnelTarget {
  /** A name, or an address without brackets. */
  readonly host: string;
  readonly port: number;
}
