using AiObs.Cost.Tables;
using AiObs.Operations;

namespace AiObs.Cost.Pricing;

/// <summary>A price table, which is asked last and never changes; another one may take its place.</summary>
internal interface IPriceTable : IPricingProvider
{
    /// <summary>Gets what receipts say of where its prices came from.</summary>
    PriceSource Source { get; }

    /// <summary>Gets the version that receipts name.</summary>
    string Version { get; }

    /// <summary>Returns a table of the same rules with what another overlay adds to them.</summary>
    IPriceTable Under(PriceOverlay overlay);

    /// <summary>Finds how many tokens a model takes, input and output together; <see langword="null"/> where that is not known.</summary>
    int? FindContextWindow(string model, string? provider = null, string? address = null);

    /// <summary>Returns the names that are spelt most like a model that was not found.</summary>
    IReadOnlyList<string> FindSimilar(in PriceRequest request, int count);
}
