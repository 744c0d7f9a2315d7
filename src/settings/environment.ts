/** Where `${env:NAME}` and `{{$env.NAME}}` come from: handed in, so that an untrusted workspace gets an empty one. */
export interface Environment {
  get(name: string): string | undefined;
}
