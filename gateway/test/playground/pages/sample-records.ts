// Records that the samples do not have: a thousand of one subject, and some whose texts attack the page.
import type { WholeGraph } from '../../open-whole-graph.ts';

/** A subject with a thousand tax penalties. */
export const MANY_CODE = '91990907MAYJ4UPY7D';
/** How many. */
export const MANY = 1_000;
/** A subject whose name and records attack the page. */
export const HOSTILE_CODE = '91990204MAB4TQT8X7';

/** Texts that a page must show as they are. */
export const HOSTILE = {
  markup: '<img src=x onerror="globalThis.attacked=1"><script>globalThis.attacked=1</script>',
  address: 'javascript:globalThis.attacked=1',
  outside: 'https://attacker.example/?take=1',
  direction: '\u202eABC\u2066',
  template: '{{constructor.constructor("globalThis.attacked=1")()}} $t(report.title)',
  formula: '=HYPERLINK("https://attacker.example","x")',
} as const;

const PENALTY_COLUMNS =
  '行政相对人名称,行政相对人代码_1(统一社会信用代码),行政处罚决定书文号,违法行为类型,违法事实,处罚依据,' +
  '处罚类别,处罚内容,罚款金额(万元),没收违法所得、没收非法财物的金额(万元),暂扣或吊销证照名称及编号,' +
  '失信严重程度,处罚决定日期,处罚有效期,公示截止期,公示日期,处罚机关,处罚机关统一社会信用代码,' +
  '信息状态,撤销原因';
const REGISTRY_COLUMNS =
  '统一社会信用代码,企业名称,英文名称,曾用名,行政区划代码,行政区划,住所,登记状态,成立日期,' +
  '注销或吊销日期,核准日期,行业代码,行业门类,注册号,组织机构代码,税务登记号,登记机关,' +
  '登记机关统一社会信用代码,数据更新时间';

/** Imports them by the real import. */
export async function importSampleRecords({ sectors }: WholeGraph): Promise<void> {
  const tax = sectors.get('tax');
  const registry = sectors.get('registry');
  if (!tax || !registry) throw new Error('the graph lacks a sector');
  const many = Array.from({ length: MANY }, (_, at) => {
    const day = new Date(Date.UTC(2026, 8, 1) - (at % 500) * 86_400_000).toISOString().slice(0, 10);
    return penalty(MANY_CODE, `云州税罚〔2026〕第${at + 1000}号`, '经检查,少缴税款。', day, '罚款');
  });
  const hostile = Object.values(HOSTILE).map((text, at) =>
    penalty(HOSTILE_CODE, `${text} ${at}`, text, '2026-06-05', text),
  );
  const penalties = [PENALTY_COLUMNS, ...many, ...hostile].join('\r\n');
  check(await tax.importText('penalties.csv', penalties), many.length + hostile.length);
  const subject = [
    HOSTILE_CODE,
    HOSTILE.markup,
    HOSTILE.template,
    '',
    '990204',
    HOSTILE.direction,
    HOSTILE.outside,
    '存续',
    '2020-01-20',
    '',
    '2026-05-24',
    'K70',
    HOSTILE.address,
    '',
    '',
    '',
    HOSTILE.formula,
    '',
    '',
  ];
  check(
    await registry.importText('enterprises.csv', [REGISTRY_COLUMNS, line(subject)].join('\r\n')),
    1,
  );
}

function penalty(
  code: string,
  number: string,
  facts: string,
  day: string,
  content: string,
): string {
  return line([
    '某企业',
    code,
    number,
    facts.slice(0, 50),
    facts,
    '《税收征收管理法》第六十四条',
    '罚款',
    content,
    '1.5',
    '',
    '',
    '严重',
    day,
    '2027-06-05',
    '2029-06-05',
    day,
    facts.length > 60 ? '云州市税务局' : facts,
    '119901010001010122',
    '有效',
    '',
  ]);
}

function line(cells: readonly string[]): string {
  return cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',');
}

function check(receipt: { readonly rejected: number; readonly read: number }, rows: number): void {
  if (receipt.rejected === 0 && receipt.read === rows) return;
  throw new Error(`the samples are not all taken: ${JSON.stringify(receipt)}`);
}
