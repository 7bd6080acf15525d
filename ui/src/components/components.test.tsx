import { render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { Providers } from '../app';
import { Code, emphasis } from './Code';
import { ProblemAlert } from './ProblemAlert';
import { StateDot } from './StateDot';

describe('Code', () => {
  it('emphasises the last four characters', () => {
    expect(emphasis('RO260908L010037')).toEqual(['RO260908L01', '0037']);
  });

  it('emphasises what comes after the last dash', () => {
    expect(emphasis('PB-2609-B')).toEqual(['PB-2609-', 'B']);
    expect(emphasis('SO-1024')).toEqual(['SO-', '1024']);
  });

  it('emphasises a short code whole', () => {
    expect(emphasis('WH1')).toEqual(['', 'WH1']);
  });

  it('emphasises where two codes differ', () => {
    expect(emphasis('PB-2610-C', 'PB-2609-B')).toEqual(['PB-26', '10-C']);
  });

  it('says its whole value to a screen reader', () => {
    render(
      <Providers>
        <Code value="RO260908L010037" />
      </Providers>,
    );
    expect(screen.getByRole('button', { name: '复制 RO260908L010037' })).toBeVisible();
  });
});

describe('StateDot', () => {
  it('names the state in words', () => {
    render(<StateDot state="in_stock" />);
    expect(screen.getByText('在库')).toBeVisible();
  });

  it('shows a state that it does not know by its own name', () => {
    render(<StateDot state="frozen_solid" />);
    expect(screen.getByText('frozen_solid')).toBeVisible();
  });
});

describe('ProblemAlert', () => {
  it('lists every error with its advice', () => {
    const errors = ['SN1', 'SN2'].map((item) => ({
      item,
      code: 'held',
      message: '已冻结',
      advice: '先解冻',
    }));
    render(
      <Providers>
        <ProblemAlert problem={{ title: '没有做成', status: 409, code: 'operation_refused', errors }} />
      </Providers>,
    );
    expect(screen.getByText('没有做成')).toBeVisible();
    expect(screen.getAllByText('先解冻')).toHaveLength(2);
  });
});
