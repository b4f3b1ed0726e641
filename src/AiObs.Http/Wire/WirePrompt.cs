namespace AiObs.Http.Wire;

/// <summary>A template that a service keeps and makes the messages of a request of.</summary>
/// <param name="Id">The service's id of it.</param>
/// <param name="Version">Its version; <see langword="null"/> for the one in force.</param>
/// <param name="Variables">The values to put into it; <see langword="null"/> for none, and without content.</param>
internal sealed record WirePrompt(string Id, string? Version, IReadOnlyList<KeyValuePair<string, object?>>? Variables);
