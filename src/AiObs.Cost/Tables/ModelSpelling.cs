namespace AiObs.Cost.Tables;

/// <summary>A name under which a model may be known.</summary>
/// <param name="Name">The name, in lower case.</param>
/// <param name="Caveat">Why its rates are not certainly those that are wanted; <see langword="null"/> where they are.</param>
internal readonly record struct ModelSpelling(string Name, PriceCaveat? Caveat = null);
