/** What a version behind the URL asks for, as Markdown. */
export const httpVersions: readonly { readonly label: string; readonly documentation: string }[] = [
  {
    label: "HTTP/1.1",
    documentation:
      "Offers HTTP/1.1 alone, also where `padlock.hosts` says `http2` for the host. Headers keep their order and case.",
  },
  {
    label: "HTTP/2",
    documentation:
      "Offers HTTP/2 and HTTP/1.1 in the TLS handshake (ALPN). If the server chooses HTTP/1.1, a note says so. Header names go out in lower case. Not over plain `http:`.",
  },
];
