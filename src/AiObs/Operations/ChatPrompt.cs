namespace AiObs.Operations;

/// <summary>The named template that the messages of a call were made of.</summary>
/// <param name="Name">Its name, or the provider's id of it.</param>
/// <param name="Version">Its version.</param>
/// <param name="Variables">The values that were put into it, as they may be shown; <see langword="null"/> unless content is recorded.</param>
internal sealed record ChatPrompt(string Name, string? Version, IReadOnlyList<KeyValuePair<string, string>>? Variables);
