import i18next from 'i18next';
import { postScan } from '../../api/client';
import { newClientKey } from '../../api/clientKey';
import { getItem } from '../../api/items';
import type { OperationKind } from '../../api/operations';
import { postOperation } from '../../api/operations';
import { play } from '../../scan/sounds';
import { saveSoon } from './draft';
import type { Role } from './early';
import { ProductFacts } from './early';
import type { Say } from './judge';
import { bestOf, doubts, thingOf } from './judge';
import type { DeskWorld } from './world';

/** The desk's own reasons, in words. */
export const say: Say = (code, params = {}) => {
  const words = {
    ...params,
    ...(params['state'] !== undefined && {
      state: i18next.t(`state.${params['state']}`, { defaultValue: params['state'] }),
    }),
    ...(params['quality'] !== undefined && { quality: i18next.t(`quality.${params['quality']}`) }),
  };
  const advice = i18next.t(`scan.advice.${code}`, { ...words, defaultValue: '' });
  return { code, message: i18next.t(`scan.reason.${code}`, words), advice: advice === '' ? null : advice };
};

/** The real world of a desk: the server, the speaker, the clock, this tab's storage. `role` is that of the next scan. */
export function realWorld(kind: OperationKind, role: () => Role): DeskWorld {
  const known = new ProductFacts();
  return {
    check: async (raw, context) => {
      const part = role();
      const { readings } = await postScan(raw, context);
      const best = bestOf(readings);
      if (best === undefined || doubts(best).length > 0) return { readings };
      if (best.item === null) return { readings, tracking: await known.tracking(best.product ?? null) };
      return { readings, refusal: await known.refusal(thingOf(best.item), kind, part, say) };
    },
    post: postOperation,
    look: async (code) => thingOf(await getItem(code, undefined)),
    play,
    say,
    now: () => Date.now(),
    newKey: newClientKey,
    save: saveSoon,
  };
}
