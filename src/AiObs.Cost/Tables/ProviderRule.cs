namespace AiObs.Cost.Tables;

/// <summary>A provider: how it is recognised, and what it sells.</summary>
internal sealed record ProviderRule
{
    public string Id { get; init; } = string.Empty;

    /// <summary>Gets what the address of a call begins with.</summary>
    public LazyPattern? Address { get; init; }

    public TextMatch? Names { get; init; }

    public TextMatch? ModelNames { get; init; }

    /// <summary>Gets the ids of the providers whose models this one sells at the same price.</summary>
    public string[] Resells { get; init; } = [];

    public ModelRule[] Models { get; init; } = [];

    /// <summary>Finds a model by a name, which must be in lower case: the first whose condition holds, else the one with that id.</summary>
    public ModelRule? FindModel(string name) =>
        Array.Find(Models, model => model.Match.Holds(name)) ?? Array.Find(Models, model => string.Equals(model.Id, name, StringComparison.OrdinalIgnoreCase));
}
