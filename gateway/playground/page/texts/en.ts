// The page's words in English: one section a part of the page. Chinese has the same keys.
import { authority } from './en/authority.ts';
import { layout, session, states } from './en/frame.ts';
import { editor } from './en/editor.ts';

/** English texts. */
export const en = { layout, session, states, authority, editor } as const;
