namespace AiObs.Store;

/// <summary>A store among the services.</summary>
/// <param name="Name">Its name; <see langword="null"/> for one without.</param>
/// <param name="Parts">What it keeps.</param>
internal sealed record RegisteredStore(string? Name, StoreParts Parts);
