// Words of the query editor.
/** The editor and the panels beside it. */
export const editor = {
  title: '查询',
};
