namespace AiObs.Operations;

/// <summary>What a provider's own object says of a call, with counts as they are on the wire. Unknown is <see langword="null"/>, never 0.</summary>
public record struct ReportedUsage
{
    /// <summary>Gets or sets the input tokens.</summary>
    public long? Input { get; set; }

    /// <summary>Gets or sets the output tokens.</summary>
    public long? Output { get; set; }

    /// <summary>Gets or sets the total.</summary>
    public long? Total { get; set; }

    /// <summary>Gets or sets the tokens that were read from a cache.</summary>
    public long? CacheRead { get; set; }

    /// <summary>Gets or sets the tokens that were written to a cache.</summary>
    public long? CacheWrite { get; set; }

    /// <summary>Gets or sets those of them that last an hour.</summary>
    public long? CacheWrite1h { get; set; }

    /// <summary>Gets or sets those of them that last five minutes.</summary>
    public long? CacheWrite5m { get; set; }

    /// <summary>Gets or sets a value indicating whether the input is without the tokens of the cache, as Anthropic counts it.</summary>
    public bool IsCacheBeside { get; set; }

    /// <summary>Gets or sets the tokens that were spent on reasoning.</summary>
    public long? Reasoning { get; set; }

    /// <summary>Gets or sets the tokens of citations, which are billed beside the output.</summary>
    public long? Citation { get; set; }

    /// <summary>Gets or sets the input tokens that are audio.</summary>
    public long? InputAudio { get; set; }

    /// <summary>Gets or sets the output tokens that are audio.</summary>
    public long? OutputAudio { get; set; }

    /// <summary>Gets or sets the searches of the web that the provider's own tools made.</summary>
    public long? WebSearches { get; set; }

    /// <summary>Gets or sets the searches of stored files that the provider's own tools made.</summary>
    public long? StorageSearches { get; set; }

    /// <summary>Gets or sets the runs of code that the provider's own tools made.</summary>
    public long? CodeExecutions { get; set; }

    /// <summary>Gets or sets the images that the provider's own tools made.</summary>
    public long? ImageGenerations { get; set; }

    /// <summary>Gets or sets what the provider says that the call cost, in USD.</summary>
    public decimal? Cost { get; set; }

    /// <summary>Gets or sets the tier that served the call.</summary>
    public string? ServiceTier { get; set; }

    /// <summary>Gets or sets the speed that it was served at.</summary>
    public string? Speed { get; set; }

    /// <summary>Gets or sets the region that served it.</summary>
    public string? Region { get; set; }

    /// <summary>Gets or sets what several rounds within the call took together, which is what is billed where the counts are those of the last one.</summary>
    internal RoundSums? Rounds { get; set; }

    /// <summary>Gets or sets how many rounds are not in <see cref="Rounds"/>, as they do not cost what the model costs.</summary>
    internal long? OtherRounds { get; set; }

    /// <summary>Gets or sets what a provider that only passes calls on says that the model's own provider charges.</summary>
    internal decimal? UpstreamCost { get; set; }

    /// <summary>Gets or sets a value indicating whether that is charged to a key of the caller's own, and so is no part of <see cref="Cost"/>.</summary>
    internal bool IsOwnKey { get; set; }

    /// <summary>Gets or sets a value indicating whether the object lists what the provider's own tools did, so that what is not in the list is not billed.</summary>
    internal bool HasToolItems { get; set; }

    /// <summary>Gets the input with the cache.</summary>
    internal readonly long? WholeInput => IsCacheBeside ? Input + (CacheRead ?? 0) + (CacheWrite ?? 0) : Input;

    /// <summary>Adds to the cost what is charged to the caller's own key; once, however many events say it.</summary>
    internal void AddOwnKey()
    {
        if (IsOwnKey && UpstreamCost is { } upstream)
        {
            Cost = (Cost ?? 0) + upstream;
        }

        (IsOwnKey, UpstreamCost) = (false, null);
    }
}
