/** What an option of curl means here. */
export type CurlOption =
  | "method"
  | "header"
  | "data"
  | "data-raw"
  | "data-binary"
  | "data-urlencode"
  | "json"
  | "get"
  | "form"
  | "form-string"
  | "upload"
  | "user"
  | "agent"
  | "referer"
  | "cookie"
  | "head"
  | "url"
  | "insecure"
  | "cert"
  | "key"
  | "pass"
  | "cacert"
  | "unix-socket"
  | "connect-timeout"
  | "max-time"
  | "bearer"
  | "http1.1"
  | "http2"
  | "globoff"
  | "location"
  | "max-redirs"
  | "keep-post"
  | "ignored"
  | "refused";

export interface OptionFact {
  readonly option: CurlOption;
  readonly takesValue: boolean;
}

/** `name name=` lists: a `=` behind a name tells that the option takes a value. */
const table: Readonly<Record<CurlOption, string>> = {
  method: "-X= --request=",
  header: "-H= --header=",
  data: "-d= --data= --data-ascii=",
  "data-raw": "--data-raw=",
  "data-binary": "--data-binary=",
  "data-urlencode": "--data-urlencode=",
  json: "--json=",
  get: "-G --get",
  form: "-F= --form=",
  "form-string": "--form-string=",
  upload: "-T= --upload-file=",
  user: "-u= --user=",
  agent: "-A= --user-agent=",
  referer: "-e= --referer=",
  cookie: "-b= --cookie=",
  head: "-I --head",
  url: "--url=",
  insecure: "-k --insecure",
  cert: "-E= --cert=",
  key: "--key=",
  pass: "--pass=",
  cacert: "--cacert=",
  "unix-socket": "--unix-socket=",
  "connect-timeout": "--connect-timeout=",
  "max-time": "-m= --max-time=",
  bearer: "--oauth2-bearer=",
  "http1.1": "--http1.1",
  http2: "--http2 --http2-prior-knowledge",
  globoff: "-g --globoff",
  location: "-L --location",
  "max-redirs": "--max-redirs=",
  "keep-post": "--post301 --post302 --post303",
  // What only changes the output, or says what holds anyway.
  ignored:
    "-s --silent -S --show-error -v --verbose -i --include --show-headers -f --fail --fail-with-body -# --progress-bar " +
    "-N --no-buffer --no-progress-meter --styled-output --no-styled-output --trace-time --compressed " +
    "-o= --output= -O --remote-name -J --remote-header-name -w= --write-out= -D= --dump-header= --stderr= --trace= " +
    "--trace-ascii= --create-dirs --no-keepalive --keepalive-time= --tcp-nodelay -q --disable " +
    "-Z --parallel --tlsv1.2 -1 --tlsv1 --ssl-reqd --basic --proto= " +
    "--proto-default= --output-dir= --raw --no-fail --path-as-is",
  refused:
    "-x= --proxy= --resolve= --connect-to= --http3 --http3-only --http1.0 -0 --http0.9 " +
    "--retry= --retry-delay= --retry-max-time= --retry-all-errors --retry-connrefused --limit-rate= --interface= -K= " +
    "--config= -c= --cookie-jar= --digest --ntlm --negotiate --anyauth --aws-sigv4= --location-trusted " +
    "--capath= --ciphers= --tls13-ciphers= --tls-max= --tlsv1.0 --tlsv1.1 --tlsv1.3 --pinnedpubkey= --cert-type= " +
    "--key-type= --proxy-user= -U= --noproxy= --socks5= --socks5-hostname= --socks4= --preproxy= -r= --range= -C= " +
    "--continue-at= -z= --time-cond= -n --netrc --netrc-file= --dns-servers= --doh-url= -4 --ipv4 -6 --ipv6 " +
    "--max-filesize= -y= -Y= --speed-limit= --speed-time= --expect100-timeout= --request-target= --url-query= " +
    "--local-port= --haproxy-protocol --proxy-header= --proxy-insecure --crlfile= --engine= --ssl --ssl-no-revoke " +
    "--next -: --variable= --expand-url= --expand-data= --expand-header= --hsts= --alt-svc= --ech= --tr-encoding " +
    "--ignore-content-length --data-encode= --rate= --etag-save= --etag-compare= --xattr -t= -B -l -a -p -P= -Q= -R",
};

/** Every known option by its name with its hyphens. */
export const curlOptions: ReadonlyMap<string, OptionFact> = new Map(
  Object.entries(table).flatMap(([option, names]) =>
    names.split(" ").map((name): [string, OptionFact] => {
      const takesValue = name.endsWith("=");
      return [takesValue ? name.slice(0, -1) : name, { option: option as CurlOption, takesValue }];
    }),
  ),
);
