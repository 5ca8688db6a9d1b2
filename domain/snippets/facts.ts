// What a snippet is made of, and how each syntax writes a text.

export type SnippetFacts = {
  /** Where MQTT listens, as devices reach it. */
  host: string
  port: number
  tls: boolean
  /** The id of the device or gateway, which is its user name and its client id. */
  username: string
  password: string
}
export type Snippet = {
  syntax: 'yaml' | 'toml' | 'json' | 'conf' | 'console'
  /** Where it goes: a file of the program, or the address or page that takes it. */
  place: string
  text: string
  /** The connector without which its messages are not read; null for what speaks our own topics. */
  needs: { codec: string; topicFilter: string } | null
}

/** Control characters end lines or are refused: no syntax here carries them. */
// eslint-disable-next-line no-control-regex
export const hasControl = (text: string): boolean => /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(text)

/** A text in double quotes: JSON's strings are strings of YAML 1.2 and, without control characters, of TOML too. */
export const quoted = (text: string): string => JSON.stringify(text)

/** An IPv6 address stands in brackets where a port follows. */
export const hostPort = ({ host, port }: Pick<SnippetFacts, 'host' | 'port'>): string =>
  `${host.includes(':') ? `[${host}]` : host}:${port}`
