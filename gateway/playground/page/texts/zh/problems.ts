// What the errors of the graph mean, in Chinese: one entry a code, so that no code is without words.
import type { ErrorCode } from '../../../../../subgraphs/kit/errors.ts';

/** Meaning of each code, and what its reader can do. */
export const problems: Readonly<
  Record<ErrorCode, { readonly message: string; readonly hint: string }>
> = {
  BAD_REQUEST: {
    message: '该请求不是 GraphQL 请求。',
    hint: '请检查请求头与请求内容后重试。',
  },
  GRAPHQL_PARSE_FAILED: {
    message: '查询语句不符合 GraphQL 语法。',
    hint: '请在所示位置更正语法。',
  },
  GRAPHQL_VALIDATION_FAILED: {
    message: '查询语句与模式不符。',
    hint: '请对照模式检查原文所指的字段或参数。',
  },
  BAD_USER_INPUT: {
    message: '有一个值不被接受。',
    hint: '请更正原文所指的值。',
  },
  OPERATION_RESOLUTION_FAILURE: {
    message: '文本中有多个操作，未能确定执行哪一个。',
    hint: '请选择要执行的操作。',
  },
  METHOD_NOT_ALLOWED: {
    message: '此地址不接受这种请求方法。',
    hint: '请改用所允许的方法；变更须用 POST。',
  },
  NOT_FOUND: {
    message: '此地址没有内容。',
    hint: '请检查地址。',
  },
  UNSUPPORTED_MEDIA_TYPE: {
    message: '请求内容不是 JSON。',
    hint: '请以 UTF-8 编码发送 application/json。',
  },
  REQUEST_TOO_LARGE: {
    message: '请求内容超过了上限。',
    hint: '请将取值移入变量，或将操作拆分。',
  },
  REQUEST_TIMEOUT: {
    message: '请求内容未在时限内送达。',
    hint: '请重新发送。',
  },
  BATCHING_NOT_SUPPORTED: {
    message: '一次请求只能包含一个操作。',
    hint: '请逐个发送；subjects(codes:) 一次可查询 100 个主体。',
  },
  OPERATION_LIMIT_EXCEEDED: {
    message: '查询超过了规模上限。',
    hint: '请减少一次查询的内容；原文指出了上限及本次的数值。',
  },
  UNAUTHENTICATED: {
    message: '凭证无效或已到期。',
    hint: '请重新登录，或向签发方取得新的令牌。',
  },
  PURPOSE_REQUIRED: {
    message: '主动公开以外的信息，须声明查询目的。',
    hint: '请在页首选择令牌所允许的一个目的。',
  },
  PURPOSE_FORBIDDEN: {
    message: '所声明的目的不在清单中，或您的凭证不允许。',
    hint: '请在页首选择令牌所允许的一个目的。',
  },
  ROLE_REQUIRED: {
    message: '您的身份不可执行此项操作。',
    hint: '请以具备原文所指身份的凭证操作。',
  },
  UNAUTHORIZED_FIELD_OR_TYPE: {
    message: '查询使用了您无权查看的字段。',
    hint: '请删去该字段，或取得相应的权限、授权或许可。',
  },
  ACCESS_ITEM_NOT_FOUND: {
    message: '没有您可查看的这一申请、许可或授权。',
    hint: '请从列表中重新选择。',
  },
  MOVE_NOT_POSSIBLE: {
    message: '该申请、许可或授权的当前状态不允许此项操作。',
    hint: '请重新加载，查看其当前状态。',
  },
  INVALID_CURSOR: {
    message: '游标不是由此列表给出的。',
    hint: '请从第一页重新读取。',
  },
  SUBGRAPH_UNAVAILABLE: {
    message: '有一个领域未在时限内应答，其内容未经核查。',
    hint: '情况未知，不等于没有；请稍后重试。',
  },
  SERVICE_UNAVAILABLE: {
    message: '服务暂不可用。',
    hint: '请稍后重试。',
  },
  INTERNAL_SERVER_ERROR: {
    message: '系统内部故障。',
    hint: '请将请求编号告知运维方。',
  },
};
