export const locale = {
  title: '往来单位',
  beside: '货从谁那儿来，到谁那儿去',
  add: '新增单位',
  search: '编码、名称',
  region: '所在地区',
  regions: '授权区域',
  regionsHint: '货只该在这些地方卖；在别处冒出来就算疑似窜货',
  phone: '电话',
  noMatch: '换个词再找，或清除筛选。',
  empty: '还没有往来单位',
  emptyAdvice: '供应商、经销商、门店、客户都建在这里；借东西的员工也算，类型选“个人”。',
  activeLabel: '启用（停用后不能再选，履历还在）',
};
