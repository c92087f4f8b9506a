// Names of invented subjects: an invented place, a brand, a trade and a legal form. No name holds
// the name of a person: individual households are named by their shop.
import type { CreditCodeCategory } from '../values/credit-code.ts';
import type { Random } from './random.ts';
import { cityOf, regionOf } from './synthetic-region.ts';
import {
  BRAND_FIRST,
  BRAND_NEXT,
  INDUSTRIES,
  SHOPS,
  type SyntheticIndustry,
  type Word,
} from './synthetic-words.ts';

/** The categories that samples are drawn from. */
export type SampleCategory = Extract<
  CreditCodeCategory,
  | 'ENTERPRISE'
  | 'INDIVIDUAL_HOUSEHOLD'
  | 'FARMERS_COOPERATIVE'
  | 'PUBLIC_INSTITUTION'
  | 'SOCIAL_BODY'
  | 'PRIVATE_NON_ENTERPRISE'
  | 'FOUNDATION'
  | 'VILLAGE_COLLECTIVE'
  | 'OTHER'
>;

/** An invented name, with what it says about its bearer. */
export interface SyntheticName {
  readonly zh: string;
  readonly en: string;
  readonly legalForm: Word;
  readonly industry: SyntheticIndustry;
}

const ENTERPRISE_FORMS: readonly (readonly [Word, number])[] = [
  [{ zh: '有限公司', en: 'Co., Ltd.' }, 80],
  [{ zh: '有限责任公司', en: 'LLC' }, 12],
  [{ zh: '股份有限公司', en: 'Joint Stock Co., Ltd.' }, 5],
  [{ zh: '合伙企业（有限合伙）', en: 'Limited Partnership' }, 3],
];

const WEIGHTED_INDUSTRIES = INDUSTRIES.map((each) => [each, each.weight] as const);
const WEIGHTED_SHOPS = SHOPS.map((each) => [each, each.weight] as const);

type OtherCategory = Exclude<SampleCategory, 'ENTERPRISE' | 'INDIVIDUAL_HOUSEHOLD'>;

// Each of the rest: industry, what the body does, and its legal form.
const OTHER_FORMS: Readonly<
  Record<OtherCategory, { industry: SyntheticIndustry; form: Word; trades: readonly Word[] }>
> = {
  FARMERS_COOPERATIVE: {
    industry: plain('A01', '农业', 'Agriculture'),
    form: { zh: '农民专业合作社', en: "Farmers' Cooperative" },
    trades: words(
      '蔬菜种植=Vegetable',
      '水稻种植=Rice',
      '果品=Fruit',
      '茶叶=Tea',
      '养殖=Livestock',
    ),
  },
  PUBLIC_INSTITUTION: {
    industry: plain('P83', '教育', 'Education'),
    form: { zh: '', en: '' },
    trades: words('实验学校=School', '文化馆=Cultural Centre', '图书馆=Library', '医院=Hospital'),
  },
  SOCIAL_BODY: {
    industry: plain('S95', '群众团体、社会团体和其他成员组织', 'Membership organisations'),
    form: { zh: '协会', en: 'Association' },
    trades: words('物流行业=Logistics', '建材行业=Building Materials', '书画艺术=Calligraphy'),
  },
  PRIVATE_NON_ENTERPRISE: {
    industry: plain('Q85', '社会工作', 'Social work'),
    form: { zh: '服务中心', en: 'Service Centre' },
    trades: words('养老=Elderly Care', '职业培训=Vocational Training', '社区=Community'),
  },
  FOUNDATION: {
    industry: plain('S95', '群众团体、社会团体和其他成员组织', 'Membership organisations'),
    form: { zh: '基金会', en: 'Foundation' },
    trades: words('教育发展=Education', '公益=Public Welfare', '生态保护=Ecology'),
  },
  VILLAGE_COLLECTIVE: {
    industry: plain('S96', '基层群众自治组织', 'Grassroots self-government'),
    form: { zh: '村股份经济合作社', en: 'Village Economic Cooperative' },
    trades: words('='),
  },
  OTHER: {
    industry: plain('L72', '商务服务业', 'Business services'),
    form: { zh: '办事处', en: 'Representative Office' },
    trades: words('商务=Business', '联络=Liaison'),
  },
};

/** Makes the name of a subject of a category in a region. */
export function makeName(category: SampleCategory, region: string, random: Random): SyntheticName {
  const brand = makeBrand(random);
  const city = cityOf(region);
  const district = regionOf(region);
  switch (category) {
    case 'ENTERPRISE': {
      const industry = random.weighted(WEIGHTED_INDUSTRIES);
      const trade = random.pick(industry.words);
      const form = random.weighted(ENTERPRISE_FORMS);
      const suffix = random.chance(0.5) ? '市' : '';
      return {
        zh: `${city.shortZh}${suffix}${brand.zh}${trade.zh}${form.zh}`,
        en: `${city.shortEn} ${brand.en} ${trade.en} ${form.en}`,
        legalForm: form,
        industry,
      };
    }
    case 'INDIVIDUAL_HOUSEHOLD': {
      const industry = random.weighted(WEIGHTED_SHOPS);
      const shop = random.pick(industry.words);
      return {
        zh: `${district.nameZh}${brand.zh}${shop.zh}`,
        en: `${city.shortEn} ${brand.en} ${shop.en}`,
        legalForm: { zh: '个体工商户', en: 'Individual household' },
        industry,
      };
    }
    case 'FARMERS_COOPERATIVE':
    case 'PUBLIC_INSTITUTION':
    case 'SOCIAL_BODY':
    case 'PRIVATE_NON_ENTERPRISE':
    case 'FOUNDATION':
    case 'VILLAGE_COLLECTIVE':
    case 'OTHER': {
      const { industry, form, trades } = OTHER_FORMS[category];
      const trade = random.pick(trades);
      return {
        zh: `${district.nameZh}${brand.zh}${trade.zh}${form.zh}`,
        en: [city.shortEn, brand.en, trade.en, form.en].filter((part) => part !== '').join(' '),
        legalForm: form.zh === '' ? { zh: '事业单位', en: 'Public institution' } : form,
        industry,
      };
    }
  }
}

/** Makes a brand of two syllables, or of three in two cases of five. */
export function makeBrand(random: Random): Word {
  const parts = [random.pick(BRAND_FIRST), random.pick(BRAND_NEXT)];
  if (random.chance(0.4)) parts.push(random.pick(BRAND_NEXT));
  const pinyin = parts.map((part) => part.en).join('');
  return {
    zh: parts.map((part) => part.zh).join(''),
    en: pinyin.charAt(0).toUpperCase() + pinyin.slice(1),
  };
}

function plain(code: string, nameZh: string, nameEn: string): SyntheticIndustry {
  return { code, nameZh, nameEn, weight: 1, words: [] };
}

function words(...pairs: readonly string[]): readonly Word[] {
  return pairs.map((pair) => {
    const [zh = '', en = ''] = pair.split('=');
    return { zh, en };
  });
}
