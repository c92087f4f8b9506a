// The columns in which every authority of the country publishes administrative penalties ("double
// publicity", 双公示), and what they say of a record. Sectors with penalties share this file format.
import { endClock, runClocks, type RecordClocks } from '../lifecycle/clocks.ts';
import { PENALTY_CLOCKS, type PenaltySeverity } from '../lifecycle/penalty-clocks.ts';
import type { RecordTable } from '../database/record-table.ts';
import { column } from './column.ts';
import { recordFile, type Cells, type RecordDraft, type RecordFile } from './record-file.ts';

/** Words of the feed for the kinds of penalty, to the values of `PenaltyKind`. */
const KINDS: Readonly<Record<string, string>> = {
  警告: 'WARNING',
  通报批评: 'WARNING',
  罚款: 'FINE',
  没收违法所得: 'CONFISCATION',
  没收非法财物: 'CONFISCATION',
  暂扣许可证件: 'LICENCE_SUSPENDED',
  降低资质等级: 'QUALIFICATION_LOWERED',
  吊销许可证件: 'LICENCE_REVOKED',
  限制开展生产经营活动: 'OPERATIONS_RESTRICTED',
  责令停产停业: 'PRODUCTION_STOPPED',
  责令关闭: 'CLOSED',
  限制从业: 'CAREER_BAN',
  行政拘留: 'DETENTION',
  其他: 'OTHER',
};

const COLUMNS = {
  subjectName: column.text(['行政相对人名称', 'subject_name'], { required: true, max: 200 }),
  subjectCode: column.code(['行政相对人代码_1(统一社会信用代码)', '统一社会信用代码', 'uscc'], {
    required: true,
  }),
  decisionNumber: column.text(['行政处罚决定书文号', 'decision_number'], {
    required: true,
    max: 200,
  }),
  violationType: column.text(['违法行为类型', 'violation_type'], { max: 2_000 }),
  facts: column.text(['违法事实', 'facts'], { max: 5_000 }),
  legalBasis: column.text(['处罚依据', 'legal_basis'], { max: 5_000 }),
  kinds: column.text(['处罚类别', 'kinds'], { required: true, max: 500 }),
  content: column.text(['处罚内容', 'content'], { max: 5_000 }),
  fine: column.money(['罚款金额(万元)', '罚款金额', 'fine_10k_yuan'], { unit: 'wan yuan' }),
  confiscated: column.money(
    ['没收违法所得、没收非法财物的金额(万元)', '没收违法所得金额', 'confiscated_10k_yuan'],
    { unit: 'wan yuan' },
  ),
  revokedCertificate: column.text(['暂扣或吊销证照名称及编号', 'revoked_certificate'], {
    max: 500,
  }),
  severity: column.choice(
    ['失信严重程度', 'severity'],
    {
      轻微: 'MINOR',
      一般: 'GENERAL',
      严重: 'SERIOUS',
      MINOR: 'MINOR',
      GENERAL: 'GENERAL',
      SERIOUS: 'SERIOUS',
    },
    { required: true },
  ),
  decidedOn: column.date(['处罚决定日期', 'decided_on'], { required: true, open: 'reject' }),
  validUntil: column.date(['处罚有效期', 'valid_until'], { open: 'none' }),
  displayUntil: column.date(['公示截止期', 'display_until'], { open: 'none' }),
  publishedOn: column.date(['公示日期', 'published_on'], { open: 'none' }),
  publisher: column.text(['处罚机关', 'authority'], { required: true, max: 200 }),
  publisherCode: column.code(['处罚机关统一社会信用代码', 'authority_uscc']),
  state: column.choice(['信息状态', 'state'], {
    有效: 'EFFECTIVE',
    已修复: 'REPAIRED',
    已撤销: 'WITHDRAWN',
    EFFECTIVE: 'EFFECTIVE',
    REPAIRED: 'REPAIRED',
    WITHDRAWN: 'WITHDRAWN',
  }),
  stateReason: column.text(['撤销原因', 'annul_reason'], { max: 2_000 }),
  retrievedAt: column.instant(['数据更新时间', 'retrieved_at']),
} as const;

/** The cells of one penalty. */
export type PenaltyCells = Cells<typeof COLUMNS>;

/**
 * Makes the penalty file format of a sector.
 *
 * The table has the columns decisionNumber, violationType, facts, legalBasis, kinds, content, fine,
 * confiscated, revokedCertificate, severity, validUntil and subjectName. The clocks follow the
 * severity; a last day of display in the file ends the display sooner, never later, and a MINOR
 * penalty is not PUBLIC. The representative's name and papers in the feed are never read.
 */
export function penaltyFile(table: RecordTable, name = 'penalties'): RecordFile {
  return recordFile({
    name,
    table,
    // A repair and a withdrawal change the state, and state no day.
    changedBy: 'updateTime',
    columns: COLUMNS,
    draft: (cells, reject): RecordDraft => ({
      subjectCode: cells.subjectCode,
      values: {
        decisionNumber: cells.decisionNumber,
        violationType: cells.violationType,
        facts: cells.facts,
        legalBasis: cells.legalBasis,
        kinds: readKinds(cells.kinds, (reason) => reject('kinds', reason)),
        content: cells.content,
        fine: cells.fine,
        confiscated: cells.confiscated,
        revokedCertificate: cells.revokedCertificate,
        severity: cells.severity,
        validUntil: cells.validUntil,
        subjectName: cells.subjectName,
      },
      source: {
        publisher: cells.publisher,
        publisherCode: cells.publisherCode,
        documentNumber: cells.decisionNumber,
        decidedOn: cells.decidedOn,
        publishedOn: cells.publishedOn,
        retrievedAt: cells.retrievedAt,
      },
      clocks: penaltyClocks(cells.severity, cells.decidedOn, cells.displayUntil),
      disclosureClass: cells.severity === 'MINOR' ? 'AUTHORISED' : 'PUBLIC',
      state: cells.state,
      stateReason: cells.stateReason,
      sortDate: cells.decidedOn,
    }),
  });
}

function penaltyClocks(
  severity: PenaltySeverity,
  decidedOn: string,
  displayUntil: string | undefined,
): RecordClocks {
  const clocks = runClocks(PENALTY_CLOCKS[severity], decidedOn, { DETERMINED: decidedOn });
  return displayUntil === undefined
    ? clocks
    : { ...clocks, display: endClock(clocks.display, displayUntil) };
}

/** Several kinds stand in one cell, between commas or semicolons of either width. */
function readKinds(text: string, reject: (reason: string) => never): readonly string[] {
  const kinds = text
    .split(/[,，;；、\s]+/u)
    .filter((word) => word !== '')
    .map((word) => KINDS[word] ?? (Object.values(KINDS).includes(word) ? word : null));
  if (kinds.length === 0 || kinds.includes(null)) {
    return reject(`not kinds of penalty; known: ${Object.keys(KINDS).join(', ')}`);
  }
  return [...new Set(kinds as readonly string[])].sort();
}
