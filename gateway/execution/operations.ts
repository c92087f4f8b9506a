// What is derived from an operation, derived once: parsed, bounded, validated, decided, its cost
// compiled. All of it belongs to one generation of the supergraph and is immutable.
import { createHash } from 'node:crypto';
import {
  getOperationAST,
  GraphQLError,
  OperationTypeNode,
  print,
  separateOperations,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { PublicError } from '../../subgraphs/kit/errors.ts';
import { dropConditions } from './drop-conditions.ts';
import { splitIntrospection } from './introspection.ts';
import { chooseOperation, suggestFrom, validateOperation } from './validate-operation.ts';

/** The steps that other rooms do; each is called once for a text, an operation or a caller. */
export interface OperationSteps<Caller, Decision extends { readonly kind: string }, Cost> {
  /** The whole schema: what is locked is refused by name, and so has to be valid. */
  readonly schema: GraphQLSchema;
  /** What a caller may use: nothing else is suggested to it. */
  readonly schemaOf: (caller: Caller) => GraphQLSchema;
  /** Throws a GraphQLError with a code for what cannot be read. */
  readonly parse: (text: string) => DocumentNode;
  /** Limits that hold before validation. */
  readonly check: (document: DocumentNode) => readonly GraphQLError[];
  readonly decide: (
    caller: Caller,
    operation: {
      schema: GraphQLSchema;
      document: DocumentNode;
      operation: OperationDefinitionNode;
    },
  ) => Decision;
  readonly cost: (document: DocumentNode, operation: OperationDefinitionNode) => Cost;
  /** Everything of a caller that a decision can depend on, as text. */
  readonly callerKey: (caller: Caller) => string;
}

/** A document as it is planned and executed. */
export interface Executable {
  readonly text: string;
  readonly document: DocumentNode;
  /** SHA-256 of the text, hexadecimal: under it the planner keeps its plan. */
  readonly hash: string;
}

/** An operation that may go on, as far as its text is concerned. */
export interface PreparedOperation<Decision, Cost> {
  readonly kind: 'prepared';
  readonly operation: OperationDefinitionNode;
  /** Null for an operation without a name. */
  readonly name: string | null;
  readonly asWritten: Executable;
  readonly decision: Decision;
  readonly cost: Cost;
}

/** What is asked where a part of an operation was refused: with the variables and the cost of its own. */
export interface Remainder<Cost> {
  readonly executable: Executable;
  readonly operation: OperationDefinitionNode;
  readonly cost: Cost;
}

/** An executable taken apart; a part that asks for nothing is null. */
export interface ExecutableParts {
  /** For the planner: the executable itself where it has no introspection. */
  readonly planned: Executable | null;
  /** To be answered out of the caller's schema. */
  readonly local: DocumentNode | null;
}

/** An operation that goes no further, and why. */
export interface InvalidOperation {
  readonly kind: 'invalid';
  readonly hash: string;
  readonly errors: readonly GraphQLError[];
}

type ReadDocument =
  | { readonly kind: 'invalid'; readonly hash: string; readonly errors: readonly GraphQLError[] }
  | {
      readonly kind: 'read';
      readonly executable: Executable;
      /** Null until the document is first executed: validation waits for a sound request. */
      validation: readonly GraphQLError[] | null;
      /** What is wrong with it, with the suggestions for each caller. */
      readonly suggested: Map<string, readonly GraphQLError[]>;
      readonly prepared: Map<string, unknown>;
    };

const DOCUMENTS_MAX = 1_000;
/** A document takes some hundred times the memory of its text. */
const TEXT_CHARACTERS_MAX = 500_000;
const PREPARED_MAX = 64;

/** Prepares operations and keeps those most used. */
export class Operations<Caller, Decision extends { readonly kind: string }, Cost> {
  readonly #steps: OperationSteps<Caller, Decision, Cost>;
  readonly #documents = new LRUCache<string, ReadDocument>({
    max: DOCUMENTS_MAX,
    maxSize: TEXT_CHARACTERS_MAX,
    sizeCalculation: (_document, text) => text.length + 1,
  });
  readonly #executables = new WeakMap<DocumentNode, Executable>();
  readonly #remainders = new WeakMap<DocumentNode, Remainder<Cost>>();
  readonly #parts = new WeakMap<OperationDefinitionNode, ExecutableParts>();

  constructor(steps: OperationSteps<Caller, Decision, Cost>) {
    this.#steps = steps;
  }

  /**
   * Prepares the operation of this name, or the only one of the text.
   *
   * @param isReadOnly refuses anything but a query, as for a GET (METHOD_NOT_ALLOWED)
   */
  prepare(
    text: string,
    name: string | null,
    caller: Caller,
    isReadOnly: boolean,
  ): PreparedOperation<Decision, Cost> | InvalidOperation {
    const read = this.#read(text);
    if (read.kind === 'invalid') return read;
    const { document, hash } = read.executable;
    const invalid = (...errors: GraphQLError[]): InvalidOperation => ({
      kind: 'invalid',
      hash,
      errors,
    });
    const operation = chooseOperation(document, name);
    if (operation instanceof GraphQLError) return invalid(operation);
    if (isReadOnly && operation.operation !== OperationTypeNode.QUERY) {
      return invalid(
        new PublicError('METHOD_NOT_ALLOWED', `A ${operation.operation} needs POST, not GET.`),
      );
    }
    read.validation ??= validateOperation(this.#steps.schema, document, operation);
    const callerKey = this.#steps.callerKey(caller);
    if (read.validation.length > 0) {
      const errors = this.#suggest(read.validation, read.suggested, document, caller, callerKey);
      return invalid(...errors);
    }
    const key = `${name ?? ''}\n${callerKey}`;
    let prepared = read.prepared.get(key) as PreparedOperation<Decision, Cost> | undefined;
    if (!prepared) {
      prepared = this.#derive(read.executable, operation, caller);
      if (read.prepared.size >= PREPARED_MAX) read.prepared.clear();
      read.prepared.set(key, prepared);
    }
    return prepared;
  }

  /** Makes what is left of an operation ready to be asked in its place. */
  remainder(document: DocumentNode): Remainder<Cost> {
    let remainder = this.#remainders.get(document);
    if (!remainder) {
      const operation = getOperationAST(document);
      if (!operation) throw new Error('what is left of an operation is none');
      const cost = this.#steps.cost(document, operation);
      remainder = { executable: this.#executable(document), operation, cost };
      this.#remainders.set(document, remainder);
    }
    return remainder;
  }

  /** Makes a document executable that stands in for the one that was written. */
  #executable(document: DocumentNode): Executable {
    let executable = this.#executables.get(document);
    if (!executable) {
      const text = print(document);
      executable = { text, document, hash: hashOf(text) };
      this.#executables.set(document, executable);
    }
    return executable;
  }

  /** Takes the operation of an executable apart into what is planned and what is introspection. */
  parts(executable: Executable, operation: OperationDefinitionNode): ExecutableParts {
    let parts = this.#parts.get(operation);
    if (!parts) {
      const { document } = executable;
      const { planned, local } = splitIntrospection(document, operation);
      const asked = planned && dropConditions(this.#steps.schema, planned);
      const rest = asked && (asked === document ? executable : this.#executable(asked));
      parts = { planned: rest, local };
      this.#parts.set(operation, parts);
    }
    return parts;
  }

  #read(text: string): ReadDocument {
    const known = this.#documents.get(text);
    if (known) return known;
    const read = this.#readAnew(text);
    this.#documents.set(text, read);
    return read;
  }

  #readAnew(text: string): ReadDocument {
    const hash = hashOf(text);
    let document: DocumentNode;
    try {
      document = this.#steps.parse(text);
    } catch (error) {
      if (error instanceof GraphQLError) return { kind: 'invalid', hash, errors: [error] };
      throw error;
    }
    const errors = this.#steps.check(document);
    if (errors.length > 0) return { kind: 'invalid', hash, errors };
    const executable = { text, document, hash };
    return {
      kind: 'read',
      executable,
      validation: null,
      suggested: new Map(),
      prepared: new Map(),
    };
  }

  #suggest(
    errors: readonly GraphQLError[],
    known: Map<string, readonly GraphQLError[]>,
    document: DocumentNode,
    caller: Caller,
    callerKey: string,
  ): readonly GraphQLError[] {
    let suggested = known.get(callerKey);
    if (!suggested) {
      suggested = suggestFrom(this.#steps.schemaOf(caller), document, errors);
      if (known.size >= PREPARED_MAX) known.clear();
      known.set(callerKey, suggested);
    }
    return suggested;
  }

  #derive(
    asWritten: Executable,
    operation: OperationDefinitionNode,
    caller: Caller,
  ): PreparedOperation<Decision, Cost> {
    const { schema, decide, cost } = this.#steps;
    const { document } = asWritten;
    return {
      kind: 'prepared',
      operation,
      name: operation.name?.value ?? null,
      asWritten: this.#alone(asWritten, operation),
      decision: decide(caller, { schema, document, operation }),
      cost: cost(document, operation),
    };
  }

  /**
   * Leaves out the other operations with their fragments: the planner reads every fragment of a
   * document by the variables of the one operation, and fails on those of another.
   */
  #alone(asWritten: Executable, operation: OperationDefinitionNode): Executable {
    const separate = separateOperations(asWritten.document);
    const own = separate[operation.name?.value ?? ''];
    return own && Object.keys(separate).length > 1 ? this.#executable(own) : asWritten;
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
