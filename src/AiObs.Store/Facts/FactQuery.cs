namespace AiObs.Store;

/// <summary>Which facts are read.</summary>
public sealed record FactQuery
{
    /// <summary>The most that can be read at once: 10,000.</summary>
    public const int MaxCount = 10_000;

    /// <summary>Gets the tenant.</summary>
    public string Tenant { get; init; } = "";

    /// <summary>Gets the user.</summary>
    public required string UserId { get; init; }

    /// <summary>Gets the key.</summary>
    /// <value>The default is <see langword="null"/>: all of them.</value>
    public string? Key { get; init; }

    /// <summary>Gets the moment at which the facts were believed.</summary>
    /// <value>The default is <see langword="null"/>: now.</value>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>Gets a value indicating whether facts are read that are not believed any more. Then <see cref="AsOf"/> does not matter.</summary>
    public bool IncludeEnded { get; init; }

    /// <summary>Gets how many are read at most, the newest.</summary>
    /// <value>The default is 1,000. Must lie between 1 and 10,000.</value>
    /// <exception cref="ArgumentOutOfRangeException">It lies outside of that range.</exception>
    public int MaxResults
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MaxCount);
            field = value;
        }
    } = 1_000;
}
