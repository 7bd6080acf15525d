import { render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { SafeText } from './SafeText';

describe('the text of a comment', () => {
  it('is never taken for HTML, and only web addresses can be followed', () => {
    const { container } = render(
      <SafeText
        text={'<img src=x onerror=alert(1)> javascript:alert(1) https://a.example/x?y=1，看'}
        mentions={[]}
      />,
    );
    expect(container.querySelector('img')).toBeNull();
    const link = screen.getByRole('link');
    expect(link).toHaveAttribute('href', 'https://a.example/x?y=1');
    expect(link).toHaveAttribute('rel', expect.stringContaining('noopener'));
    expect(container.textContent).toContain('<img src=x onerror=alert(1)> javascript:alert(1)');
  });

  it('marks those who were told, and nobody else', () => {
    const { container } = render(<SafeText text="@chen 和 @sun." mentions={['chen']} />);
    expect([...container.querySelectorAll('.talk-mention')].map((one) => one.textContent)).toEqual(['@chen']);
  });
});
