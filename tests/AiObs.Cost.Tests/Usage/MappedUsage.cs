using System.Globalization;
using AiObs.Cost.Tests.Pricing;
using AiObs.Cost.Usage;
using AiObs.Operations;
using AiObs.Recording;
using Microsoft.Extensions.AI;

namespace AiObs.Cost.Tests.Usage;

/// <summary>What becomes of a usage.</summary>
internal static class MappedUsage
{
    public static CallUsage Map(UsageDetails? usage, OperationKind kind = OperationKind.Chat) => Map(UsageNormalizer.Normalize(usage), kind);

    public static CallUsage Map(TokenUsage? usage, OperationKind kind = OperationKind.Chat)
    {
        using var faults = new PriceBookFixture();
        var mapped = new UsageMapper(null, TimeSpan.FromMinutes(1), faults.Faults).Map(usage, kind);
        Assert.Empty(faults.FaultyParts);
        return mapped;
    }

    /// <summary>Writes the quantities in one line: <c>input 10, cache_read 5</c>.</summary>
    public static string Text(this UsageQuantities quantities) => string.Join(", ", quantities.All.Select(quantity =>
        string.Create(CultureInfo.InvariantCulture, $"{quantity.Unit.Replace("_tokens", "", StringComparison.Ordinal)} {quantity.Value}")));
}
