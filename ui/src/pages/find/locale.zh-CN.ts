export const locale = {
  title: '查找',
  unknown: '没认出来',
  near: '没有这个码，但有很像的',
  several: '不止一个，请选',
  choose: '可能是',
  perhaps: '您是不是要找',
  what: '怎么办',
  advice: '对着标签再扫一次；标签坏了就照着上面的字手工输入。真的没有，可能还没赋码或没导入。',
  kind: {
    item: '单品',
    package: '包装',
    product: '产品',
    batch: '批次',
    place: '库位',
    partner: '往来单位',
    unknown: '未知',
  },
};
