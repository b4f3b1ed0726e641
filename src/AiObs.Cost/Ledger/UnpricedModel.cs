namespace AiObs.Cost;

/// <summary>A model whose calls could not be priced.</summary>
/// <param name="Provider">Who serves it; <see langword="null"/> where that is not known.</param>
/// <param name="Model">The model.</param>
/// <param name="Reason">Why there is no price, as the first receipt said it.</param>
/// <param name="Similar">The known names that come closest; those of other providers as <c>provider/model</c>.</param>
public sealed record UnpricedModel(string? Provider, string Model, string? Reason, IReadOnlyList<string> Similar)
{
    /// <summary>Gets a value indicating whether there is no price because nobody knows who serves the model: its host, or what the client calls itself, is none that is known.</summary>
    public bool IsUnknownProvider { get; init; }
}
