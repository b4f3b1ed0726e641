using AiObs.Operations;

namespace AiObs.Cost.Pricing;

/// <summary>Who sends the bill for the calls of an endpoint.</summary>
/// <param name="Provider">Who it is, in any spelling; <see langword="null"/> where that is not known.</param>
internal sealed record Seller(string? Provider)
{
    /// <summary>What stands in options in the place of a provider where calls cost nothing.</summary>
    public const string Free = "free";

    /// <summary>What is said of calls of which not even a provider is known.</summary>
    public const string Unknown = "the provider is not known";

    private const string InOwnNetwork = "is in a network of your own: name it in ";
    private const string UnknownHost = "nobody is known to serve ";

    /// <summary>Gets why no table can know the price; <see langword="null"/> where one may.</summary>
    public string? WhyUnlisted { get; init; }

    /// <summary>Gets a value indicating whether the application says that calls cost nothing.</summary>
    public bool IsFree { get; init; }

    /// <summary>Gets the address, for sources of prices that go by it; <see langword="null"/> where the provider is known.</summary>
    public string? Url { get; init; }

    public static string WhyUnlistedHost(string host, bool isLocal) => isLocal
        ? $"'{host}' {InOwnNetwork}{PricingOptions.Section}:Hosts, or say in LocalCalls what such calls cost"
        : $"{UnknownHost}'{host}': name it in {PricingOptions.Section}:Hosts";

    /// <summary>Says whether a receipt has no price because of who served the call, or because nobody knows that.</summary>
    public static bool IsUnlisted(CostReceipt receipt) => receipt is { Completeness: CostCompleteness.Unpriced, Reason: { } reason }
        && (reason == Unknown || reason.StartsWith(UnknownHost, StringComparison.Ordinal) || reason.Contains(InOwnNetwork, StringComparison.Ordinal));
}
