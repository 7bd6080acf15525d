export const locale = { title: '首页' };
