namespace AiObs.Operations;

/// <summary>One of several answers that a model gave to the same request.</summary>
/// <param name="Number">Its number among them, as its content is marked.</param>
/// <param name="FinishReason">Why it ended, in the provider's word; <see langword="null"/> where it did not say, or was not read to its end.</param>
internal readonly record struct AnswerChoice(long Number, string? FinishReason);
