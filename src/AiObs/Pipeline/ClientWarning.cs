namespace AiObs.Pipeline;

/// <summary>A warning of how clients are put together, as it was logged.</summary>
/// <param name="Kind">The method of <see cref="ClientWarnings"/>.</param>
/// <param name="One">What it names first.</param>
/// <param name="Other">What it names second.</param>
internal readonly record struct ClientWarning(string Kind, string One, string Other);
