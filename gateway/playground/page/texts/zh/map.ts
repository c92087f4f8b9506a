// Words of the map.
import type { map as english } from '../en/map.ts';
import type { Translation } from '../texts.ts';

/** The graph on one page. */
export const map: Translation<typeof english> = {
  title: '图谱总览',
  lead: '各领域拥有什么、为主体增加什么、属于何种级别：依据您可见的模式绘制。',
  picture: '图示',
  pictureSays:
    '中间为主体，{{count}} 个领域对其扩展，并列出各记录类型及其字段级别。下方有同样内容的文字。',
  text: '文字说明',
  legend: '公开级别（由宽到严）',
  key: '键：code',
  adds: '增加 {{fields}}',
  addsNothing: '不增加字段',
  fields_one: '{{count}} 个字段',
  fields_other: '{{count}} 个字段',
  summary: '{{types}} 个类型、{{roots}} 个根字段、{{fields}} 个 Subject 字段',
  shared: '多领域共用',
  sharedLead: '多个领域以相同方式描述的类型；以其中最严格的标签为准。',
  typesCount_one: '{{count}} 个类型',
  typesCount_other: '{{count}} 个类型',
  ofSubject: 'Subject 的字段',
  roots: '根字段',
  fieldsOf: '{{type}} 的字段',
  field: '字段',
  returns: '返回',
  class: '级别',
  forYou: '对您',
  meaning: '含义',
  decision: {
    open: '✓ 允许',
    depends: '◐ 视主体而定',
    purpose: '✕ 需声明目的',
    locked: '✕ 锁定',
  },
};
