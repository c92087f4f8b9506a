// The words by which projects are found. PostgreSQL cannot split Chinese into words, and its
// trigrams need three characters where names are told apart by two; so names are cut into pairs here.

/** What a project is found by. */
export interface SearchableProject {
  readonly name: string;
  readonly builderName: string;
  /** Six digits of GB/T 2260. */
  readonly region: string;
  /** Stages of which the project has a public record, on display or not. */
  readonly stages: readonly string[];
}

/** Folds a name for comparison: width, case, spaces and punctuation make no difference. */
export function foldName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** Folds the number of a project, as users retype it. */
export function foldNumber(number: string): string {
  return number.normalize('NFKC').toUpperCase().replace(/\s/g, '');
}

/** Lists the terms of a project, each once: pairs of both names, its regions and its stages. */
export function termsOfProject(project: SearchableProject): readonly string[] {
  const { region } = project;
  const regions = [`${region.slice(0, 2)}0000`, `${region.slice(0, 4)}00`, region];
  return [
    ...new Set([
      ...termsOfName(foldName(project.name)),
      ...termsOfBuilder(foldName(project.builderName)),
      ...regions.map(termOfRegion),
      ...project.stages.map(termOfStage),
    ]),
  ];
}

/** Lists the terms that every project has whose folded name contains `folded`. */
export function termsOfName(folded: string): readonly string[] {
  return pairsOf(folded).map((pair) => `n${pair}`);
}

/** Lists the terms that every project has whose folded builder's name contains `folded`. */
export function termsOfBuilder(folded: string): readonly string[] {
  return pairsOf(folded).map((pair) => `b${pair}`);
}

/** Gives the term of projects in a region: a district, its city or its province. */
export function termOfRegion(region: string): string {
  return `r${region}`;
}

/** Gives the term of projects with a public record of a stage. */
export function termOfStage(stage: string): string {
  return `t${stage}`;
}

/** Cuts into overlapping pairs of characters; a character beyond the basic plane counts as one. */
function pairsOf(folded: string): readonly string[] {
  const characters = Array.from(folded);
  return characters.slice(1).map((character, at) => (characters[at] ?? '') + character);
}
