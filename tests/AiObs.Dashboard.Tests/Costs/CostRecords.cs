using System.Globalization;
using AiObs.Cost;
using AiObs.Operations;

namespace AiObs.Dashboard.Tests.Costs;

/// <summary>Makes records of calls as a cost store keeps them.</summary>
internal static class CostRecords
{
    /// <summary>The time that pages are read at.</summary>
    public static DateTimeOffset Now { get; } = new(2026, 1, 31, 12, 30, 0, TimeSpan.Zero);

    /// <summary>Makes the record of a call of 100 input and 10 output tokens that started some minutes before <see cref="Now"/>.</summary>
    public static CostRecord Call(int number, string model, decimal? total, int minutes = 10) => new()
    {
        Id = new Guid(number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1),
        CallId = string.Create(CultureInfo.InvariantCulture, $"call-{number}"),
        Time = Now.AddMinutes(-minutes),
        RequestModel = model,
        Total = total,
        Receipt = Receipt(total, total is null ? CostCompleteness.Unpriced : CostCompleteness.Exact),
    };

    /// <summary>Makes the correction of a record by a difference.</summary>
    public static CostRecord Correction(int number, CostRecord corrected, decimal difference) => corrected with
    {
        Id = new Guid(number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1),
        Corrects = corrected.Id,
        CorrectedCompleteness = corrected.Completeness,
        Total = difference,
        Receipt = Receipt((corrected.Total ?? 0) + difference, CostCompleteness.Exact),
    };

    public static CostReceipt Receipt(decimal? total, CostCompleteness completeness) => new()
    {
        Usage = new([new("input_tokens", 100), new("output_tokens", 10)]),
        Completeness = completeness,
        Total = total,
    };
}
