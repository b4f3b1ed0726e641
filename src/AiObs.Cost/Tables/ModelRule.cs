namespace AiObs.Cost.Tables;

/// <summary>A model of a provider, and by which names it goes.</summary>
internal sealed record ModelRule(string Id, TextMatch Match, PriceSchedule Prices)
{
    private readonly string _name = Id.ToLowerInvariant();

    /// <summary>Gets how many tokens the model takes, input and output together; <see langword="null"/> where that is not published.</summary>
    public int? ContextWindow { get; init; }

    /// <summary>Says how well a name fits that the rule holds for.</summary>
    public NameMatch Judge(string name) => name == _name ? NameMatch.Exact : Match.Judge(name);
}
