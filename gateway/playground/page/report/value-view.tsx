// A value of a record on the page. Its text was written by others: it is shown as text, kept from
// changing the direction of what stands around it, and never read as markup.
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { OutsideLink } from '../components/outside-link.tsx';
import type { NamedValue, Value } from './read-value.ts';
import type { Words } from './use-wording.ts';
import { writeValue } from './write-value.ts';

/** Shows one value. */
export function ValueView(props: { readonly value: Value; readonly words: Words }): ReactNode {
  const { value, words } = props;
  switch (value.kind) {
    case 'none':
      return <span className="value-none">{words.none}</span>;
    case 'withheld':
      return <span className="value-withheld">✕ {words.withheld}</span>;
    case 'text':
      return /^https?:\/\//i.test(value.text) ? (
        <OutsideLink address={value.text} />
      ) : (
        <bdi>{value.text}</bdi>
      );
    case 'code':
      return (
        <Link href={`/subjects/${encodeURIComponent(value.code)}`} className="value-code">
          {value.code}
        </Link>
      );
    case 'list':
      return value.items.length === 0 ? (
        <span className="value-none">{words.none}</span>
      ) : (
        <ListView items={value.items} words={words} />
      );
    case 'object':
      return <Fields fields={value.fields} words={words} isDense />;
    case 'number':
    case 'yes':
    case 'word':
    case 'day':
    case 'instant':
    case 'money':
      return <bdi>{writeValue(value, words)}</bdi>;
  }
}

/** Shows fields under their names; `isDense` leaves out those that are not given. */
export function Fields(props: {
  readonly fields: readonly NamedValue[];
  readonly words: Words;
  readonly isDense?: boolean;
}): ReactNode {
  const { words } = props;
  const shown = props.isDense
    ? props.fields.filter(({ value }) => value.kind !== 'none')
    : props.fields;
  return (
    <dl className={props.isDense ? 'fields fields-dense' : 'fields'}>
      {shown.map(({ name, value }) => (
        <div key={name} data-long={isLong(value)}>
          <dt>{words.names.ofField(name)}</dt>
          <dd>
            <ValueView value={value} words={words} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** What is read as prose takes the whole line. */
function isLong(value: Value): boolean {
  if (value.kind === 'list') return value.items.some(({ kind }) => kind === 'object');
  return value.kind === 'text' && value.text.length > LONG_CHARACTERS;
}

const LONG_CHARACTERS = 60;

function ListView(props: { readonly items: readonly Value[]; readonly words: Words }): ReactNode {
  const isInLine = props.items.every(({ kind }) => kind === 'word' || kind === 'number');
  return (
    <ul className={isInLine ? 'values values-in-line' : 'values'}>
      {props.items.map((item, at) => (
        <li key={at}>
          <ValueView value={item} words={props.words} />
        </li>
      ))}
    </ul>
  );
}
