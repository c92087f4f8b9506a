// Legal bases to cite in sample decisions, by subject matter. Samples only: that a real decision
// cites these articles in this way is not claimed.

/** Lists provisions of law by the matter they are cited for. */
export const LEGAL_BASES = {
  TAX: [
    '《中华人民共和国税收征收管理法》第六十三条',
    '《中华人民共和国税收征收管理法》第六十二条',
    '《中华人民共和国税收征收管理法》第六十四条',
    '《中华人民共和国发票管理办法》第三十五条',
  ],
  ENVIRONMENT: [
    '《中华人民共和国环境保护法》第六十条',
    '《中华人民共和国水污染防治法》第八十三条',
    '《中华人民共和国大气污染防治法》第九十九条',
    '《排污许可管理条例》第三十三条',
    '《中华人民共和国环境影响评价法》第三十一条',
  ],
  CONSTRUCTION: [
    '《中华人民共和国建筑法》第六十五条',
    '《中华人民共和国建筑法》第六十七条',
    '《建设工程质量管理条例》第六十四条',
    '《建设工程安全生产管理条例》第六十二条',
  ],
  WAGES: ['《保障农民工工资支付条例》第四十八条', '《保障农民工工资支付条例》第五十四条'],
  COURTS: [
    '《最高人民法院关于公布失信被执行人名单信息的若干规定》第一条',
    '《最高人民法院关于限制被执行人高消费及有关消费的若干规定》第一条',
  ],
  ECOMMERCE: [
    '《中华人民共和国电子商务法》第七十六条',
    '《中华人民共和国电子商务法》第八十一条',
    '《中华人民共和国反不正当竞争法》第二十条',
  ],
  MARKET: ['《企业信息公示暂行条例》第十七条', '《中华人民共和国市场主体登记管理条例》第四十六条'],
} as const satisfies Record<string, readonly string[]>;

/** A matter of {@link LEGAL_BASES}. */
export type LegalMatter = keyof typeof LEGAL_BASES;
