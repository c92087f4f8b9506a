// A link to an address that a record names. Records are written by others: only http and https are
// links; anything else, such as javascript:, is shown as the text it is.
import type { ReactNode } from 'react';

/** Shows an address as a link where it is one. */
export function OutsideLink(props: {
  readonly address: string;
  readonly children?: ReactNode;
}): ReactNode {
  const { address, children } = props;
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') return <bdi>{address}</bdi>;
  return (
    <a href={url.href} target="_blank" rel="noopener noreferrer nofollow">
      <bdi>{children ?? address}</bdi>
    </a>
  );
}
