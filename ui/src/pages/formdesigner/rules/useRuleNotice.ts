import { App } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Board } from '../../../formdesigner/model';
import { usedBy } from '../../../formdesigner/rules';
import { walk } from '../../../formdesigner/tree';

/** Says which rules use a field that was just deleted; undoing brings it back. */
export function useRuleNotice(board: Board): void {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const before = useRef(board);
  useEffect(() => {
    const was = before.current;
    before.current = board;
    if (was.present === board.present || board.rules.length === 0) return;
    const left = new Set(walk(board.present).map((one) => one.id));
    const gone = walk(was.present).filter((one) => !left.has(one.id));
    if (gone.length === 0) return;
    const named = board.rules.filter((rule) => {
      const used = usedBy(rule, was.present);
      return gone.some((one) => used.includes(one.id));
    });
    if (named.length === 0) return;
    void message.warning(
      t('formRules.stillUsed', {
        fields: gone.map((one) => one.title).join('、'),
        rules: named.map((one) => one.name).join('、'),
      }),
      8,
    );
  }, [board, message, t]);
}
