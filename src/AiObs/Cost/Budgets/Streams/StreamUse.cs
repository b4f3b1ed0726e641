namespace AiObs.Cost.Budgets.Streams;

/// <summary>What a stream has taken so far, its request included.</summary>
/// <param name="Cost">The cost in USD; <see langword="null"/> when the model has no known price.</param>
/// <param name="Tokens">The tokens; <see langword="null"/> when unknown.</param>
internal readonly record struct StreamUse(decimal? Cost, long? Tokens);
