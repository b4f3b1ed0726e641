using System.Collections.Concurrent;

namespace AiObs.Cost.Ledger;

/// <summary>The models whose calls could not be priced, of a root and all of its clients.</summary>
internal sealed class UnpricedModels
{
    /// <summary>Whoever makes up a model for each call is told of the first ones only.</summary>
    private const int Capacity = 1_000;

    private readonly ConcurrentDictionary<(string? Provider, string Model), UnpricedModel> _models = new();

    public IReadOnlyList<UnpricedModel> List() =>
        [.. _models.Values.OrderBy(static model => model.Provider, StringComparer.Ordinal).ThenBy(static model => model.Model, StringComparer.Ordinal)];

    public void Note(UnpricedModel model)
    {
        if (_models.Count < Capacity)
        {
            _models.TryAdd((model.Provider, model.Model), model);
        }
    }
}
