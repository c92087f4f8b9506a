// What a schema says to `check`, in comments that leave it plain SDL: which rules it sets aside, and
// whom it lets require its fields.
//
//   # check: waive list-items because a null stands for a code that is not known
//   # check: consent to construction because a tender is judged by the grade
import { TokenKind, visit, type ASTNode, type DocumentNode, type Token } from 'graphql';

/** Sets rules aside for what follows it, with all that stands within; before `extend schema`, for all. */
export interface Waiver {
  readonly kind: 'waive';
  readonly rules: readonly string[];
  readonly reason: string;
  readonly token: Token;
  readonly node: ASTNode;
}

/** Lets other sectors require the field that follows. */
export interface Consent {
  readonly kind: 'consent';
  readonly sectors: readonly string[];
  readonly reason: string;
  readonly token: Token;
  readonly node: ASTNode;
}

/** A comment that begins so and says neither. */
export interface Unread {
  readonly kind: 'unread';
  readonly problem: string;
  readonly token: Token;
}

/** One of them. */
export type CheckComment = Waiver | Consent | Unread;

const BEGINS = /^\s*check:/i;
const SHAPE =
  /^\s*check:\s+(waive|consent to)\s+([a-z0-9-]+(?:\s*,\s*[a-z0-9-]+)*)\s+because\s+(\S.*)$/;
/** Long enough to be a reason rather than a placeholder. */
const REASON_MIN = 12;

/** The form of both, for messages. */
const FORM =
  `"# check: waive <rule> because <reason>" or "# check: consent to <sector> because <reason>", ` +
  `with a reason of ${REASON_MIN} characters or more`;

/** Reads all comments of a document that begin with `check`; none where it was parsed without places. */
export function readCheckComments(document: DocumentNode): readonly CheckComment[] {
  const nodes = nodesByToken(document);
  const found: CheckComment[] = [];
  for (let token = document.loc?.startToken ?? null; token; token = token.next) {
    if (token.kind !== TokenKind.COMMENT || !BEGINS.test(token.value)) continue;
    found.push(read(token, nodes));
  }
  return found;
}

function read(token: Token, nodes: ReadonlyMap<Token, ASTNode>): CheckComment {
  const { text, next } = wholeComment(token);
  const [, verb, list, reason = ''] = SHAPE.exec(text) ?? [];
  if (verb === undefined || list === undefined || reason.length < REASON_MIN) {
    return { kind: 'unread', problem: `"# ${text.trim()}" is not of the form ${FORM}`, token };
  }
  const node = next === null ? undefined : nodes.get(next);
  if (node === undefined || token.prev?.line === token.line) {
    return { kind: 'unread', problem: `"# ${text.trim()}" stands before nothing`, token };
  }
  const names = list.split(',').map((name) => name.trim());
  return verb === 'waive'
    ? { kind: 'waive', rules: names, reason, token, node }
    : { kind: 'consent', sectors: names, reason, token, node };
}

/** A comment goes on over the comment lines that follow it directly, until one that begins anew. */
function wholeComment(token: Token): { readonly text: string; readonly next: Token | null } {
  let text = token.value;
  let { line } = token;
  let isGoingOn = true;
  let { next } = token;
  for (; next?.kind === TokenKind.COMMENT; next = next.next) {
    isGoingOn &&= next.line === line + 1 && !BEGINS.test(next.value);
    if (!isGoingOn) continue;
    text = `${text.trimEnd()} ${next.value.trim()}`;
    ({ line } = next);
  }
  return { text, next };
}

/** The outermost node that begins with each token. */
function nodesByToken(document: DocumentNode): ReadonlyMap<Token, ASTNode> {
  const nodes = new Map<Token, ASTNode>();
  visit(document, {
    enter(node) {
      const token = node.loc?.startToken;
      if (node !== document && token && !nodes.has(token)) nodes.set(token, node);
    },
  });
  return nodes;
}
