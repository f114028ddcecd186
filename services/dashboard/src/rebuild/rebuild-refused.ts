// Why a picture is not made again now, and the cure.

export class RebuildRefused extends Error {
  override readonly name = 'RebuildRefused';

  constructor(
    readonly code: 'dashboard.at-work' | 'dashboard.started' | 'view.unknown',
    message: string,
  ) {
    super(message);
  }
}

export const atWork = (): RebuildRefused =>
  new RebuildRefused('dashboard.at-work', 'The dashboard is at work: stop the dashboard first.');

export const startedMeanwhile = (): RebuildRefused =>
  new RebuildRefused(
    'dashboard.started',
    'The dashboard was started while its tables were emptied, and may miss chains: stop it, and rebuild once more.',
  );
