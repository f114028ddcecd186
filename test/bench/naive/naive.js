// placeholder until the naive baseline is written
export const naive = async () => NaN;
